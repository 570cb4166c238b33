// bpf_for_each_map_elem runs its callback on live values. This one takes the value's lock, as the packets do.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->packets++;
	flow->bytes += skb->len;
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

static long halve(void *map, __u32 *key, struct flow *flow, void *context)
{
	bpf_spin_lock(&flow->lock);
	flow->packets /= 2;
	flow->bytes /= 2;
	bpf_spin_unlock(&flow->lock);
	return 0;
}

SEC("tc")
int decay(struct __sk_buff *skb)
{
	bpf_for_each_map_elem(&flows, halve, 0, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 169
// states: packet + decay 1093
// states: decay + decay 11164
// reduced: packet + packet 12
// reduced: packet + decay 43
// reduced: decay + decay 1248
