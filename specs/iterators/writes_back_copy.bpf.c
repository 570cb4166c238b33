// An iterator over a per-CPU map halves the value of its own CPU, of which it has a copy, and writes it back by key. A packet on
// the same CPU that comes between is not counted.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

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
	__u64 *count = bpf_map_lookup_elem(&counts, &key);

	if (count)
		*count += 1; // expect: data-race
	return TC_ACT_OK;
}

SEC("iter/bpf_map_elem")
int halve(struct bpf_iter__bpf_map_elem *ctx)
{
	__u32 *at = ctx->key; // expect: lost-update, data-race
	__u64 *values = ctx->value;
	__u64 half;
	__u32 key;

	if (!at || !values)
		return 0;
	if (bpf_get_smp_processor_id() != 0)
		return 0;
	key = *at;
	half = values[0] / 2;
	bpf_map_update_elem(&counts, &key, &half, BPF_EXIST); // expect: lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 50
// states: packet + halve 57
// states: halve + halve 83
// states: halve < packet 61
// states: halve < packet + halve < packet 17391
// reduced: packet + packet 13
// reduced: packet + halve 25
// reduced: halve + halve 67
// reduced: halve < packet 41
// reduced: halve < packet + halve < packet 14011
