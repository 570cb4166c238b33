// Increment by lookup and update on a hash map: each update binds the key to a fresh element, so the two CPUs
// never touch the same bytes at once, and yet one increment of the key's value is lost.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
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
	next = *val + 1; // expect: lost-update
	bpf_map_update_elem(&counters, &key, &next, BPF_EXIST); // expect: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 61
// reduced: count + count 24
