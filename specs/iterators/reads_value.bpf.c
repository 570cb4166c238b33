// A map iterator hands its program the address of the live value, not a copy. The iterator adds up two fields that packets
// change together under the lock, and looks at them without it.
//
// verdict: VIOLATED

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

__u64 total;

struct bpf_iter_meta;
struct bpf_map;
struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
	void *key;
	void *value;
};

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->packets++; // expect: data-race
	flow->bytes += 100; // expect: data-race
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("iter/bpf_map_elem")
int sum(struct bpf_iter__bpf_map_elem *ctx)
{
	struct flow *flow = ctx->value;

	if (!flow)
		return 0;
	__sync_fetch_and_add(&total, flow->packets * 100 - flow->bytes); // expect: data-race
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 166
// states: packet + sum 151
// states: sum + sum 102
// states: sum < packet 121
// states: sum < packet + sum < packet 76917
// reduced: packet + packet 12
// reduced: packet + sum 33
// reduced: sum + sum 34
// reduced: sum < packet 40
// reduced: sum < packet + sum < packet 8126
