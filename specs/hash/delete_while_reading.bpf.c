// The near miss of delete_while_counting: whoever holds the pointer only reads, and nobody inserts, so the
// element cannot become that of another flow.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define QUOTA 1000

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

SEC("tc/ingress")
int police(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val && *val > QUOTA)
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc/egress")
int forget(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;

	bpf_map_delete_elem(&packets, &flow);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: police + police 26
// states: police + forget 20
// states: forget + forget 14
// reduced: police + police 12
// reduced: police + forget 15
// reduced: forget + forget 9
