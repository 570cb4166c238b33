// Resetting a counter by an update binds the key to a new element; a CPU that looked the old one up before
// counts where nobody will read.
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
int reset(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 zero = 0;

	bpf_map_update_elem(&packets, &flow, &zero, BPF_EXIST); // expect: stale-element
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// states: count + reset 22
// states: reset + reset 15
// reduced: count + count 12
// reduced: count + reset 16
// reduced: reset + reset 9
