// The key that was looked up is the variable, the key that is inserted the constant that a test has found it to be.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->mark, first = 1;
	__u64 one = 1;

	asm volatile("" : "+r"(key));
	__u64 *counter = bpf_map_lookup_elem(&counters, &key); // expect: lost-update

	if (counter) {
		__sync_fetch_and_add(counter, 1);
		return TC_ACT_OK;
	}
	if (key == 1)
		bpf_map_update_elem(&counters, &first, &one, BPF_ANY); // expect: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 95
// reduced: count + count 37
