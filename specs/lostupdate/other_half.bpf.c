// Both halves are loaded at once, one of them is stored, computed from both. What another CPU stores to the other half
// meanwhile stays: no update is lost.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

union {
	__u64 all;
	struct {
		__u32 low;
		__u32 high;
	};
} word;

SEC("tc")
int high(struct __sk_buff *skb)
{
	__u64 both = *(volatile __u64 *)&word.all; // expect: data-race; allow: lost-update

	*(volatile __u32 *)&word.high = (both >> 32) + 1; // expect: data-race; allow: lost-update
	return TC_ACT_OK;
}

SEC("tc")
int low(struct __sk_buff *skb)
{
	*(volatile __u32 *)&word.low = 7; // expect: data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: high + high 12
// states: high + low 7
// states: low + low 4
// reduced: high + high 6
// reduced: high + low 6
// reduced: low + low 3
