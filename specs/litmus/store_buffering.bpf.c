// SB: each program writes its own variable and reads the other one.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define READ_ONCE(x) (*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile typeof(x) *)&(x) = (v))

__u32 x, y;

SEC("tc/ingress")
int left(struct __sk_buff *skb)
{
	WRITE_ONCE(x, 1); // expect: data-race
	if (!READ_ONCE(y)) // expect: data-race
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc/egress")
int right(struct __sk_buff *skb)
{
	WRITE_ONCE(y, 1); // expect: data-race
	if (!READ_ONCE(x)) // expect: data-race
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: left + left 9
// states: left + right 9
// states: right + right 9
// reduced: left + left 6
// reduced: left + right 9
// reduced: right + right 6
