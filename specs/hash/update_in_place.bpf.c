// The right form of replace_while_locked: with BPF_F_LOCK the element stays and is written under its lock.
//
// verdict: HOLDS

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
	flow->packets++;
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int reset(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow zero = {};

	bpf_map_update_elem(&flows, &key, &zero, BPF_F_LOCK | BPF_EXIST);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 98
// states: count + reset 87
// states: reset + reset 70
// reduced: count + count 12
// reduced: count + reset 14
// reduced: reset + reset 12
