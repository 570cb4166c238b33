// Increment by lookup and update, as some front ends generate it. An array is updated in place.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 128);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->mark & 127;
	__u64 *val = bpf_map_lookup_elem(&counters, &key);
	__u64 next;

	if (!val)
		return TC_ACT_OK;
	next = *val + 1; // expect: data-race, lost-update
	bpf_map_update_elem(&counters, &key, &next, BPF_EXIST); // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 61
// reduced: count + count 19
