// One program deletes a flow while the other holds a pointer to its counter.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

SEC("tc/ingress")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val)
		__sync_fetch_and_add(val, 1); // expect: stale-element
	return TC_ACT_OK;
}

SEC("tc/egress")
int forget(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;

	bpf_map_delete_elem(&packets, &flow); // expect: stale-element
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// states: count + forget 21
// states: forget + forget 14
// reduced: count + count 12
// reduced: count + forget 16
// reduced: forget + forget 9
