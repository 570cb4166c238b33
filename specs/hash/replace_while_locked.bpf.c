// The lock does not help against an update: the new element has a lock of its own, and the holder of the old
// one counts where nobody will read.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u32 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("tc/ingress")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->packets++; // expect: stale-element
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int reset(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow zero = {};

	bpf_map_update_elem(&flows, &key, &zero, BPF_EXIST); // expect: stale-element
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 98
// states: count + reset 45
// states: reset + reset 15
// reduced: count + count 12
// reduced: count + reset 28
// reduced: reset + reset 9
