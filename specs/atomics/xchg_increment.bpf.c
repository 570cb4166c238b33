// An atomic exchange does not make an increment atomic: the value it stores was computed before it.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&counters, &key);
	__u64 seen;

	if (!val)
		return TC_ACT_OK;
	seen = *val; // expect: data-race, lost-update
	__sync_lock_test_and_set(val, seen + 1); // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 12
// reduced: count + count 7
