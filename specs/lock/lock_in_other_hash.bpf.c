// Lock and data of a flow live in two hash maps under the same key: who finds the same data finds the same lock.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct guard {
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct guard);
} guards SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} bytes SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	struct guard *guard = bpf_map_lookup_elem(&guards, &flow);
	__u64 *val = bpf_map_lookup_elem(&bytes, &flow);

	if (!guard || !val)
		return TC_ACT_OK;
	bpf_spin_lock(&guard->lock);
	*val += skb->len;
	bpf_spin_unlock(&guard->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 424
// reduced: count + count 54
