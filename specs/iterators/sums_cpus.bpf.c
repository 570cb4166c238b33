// Of a per-CPU map an iterator is handed a copy of all CPUs' values, one after another. It adds them up, and sets them to 0, in
// the copy: the map keeps them. While it copies, packets go on counting.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

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
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&counts, &key);

	if (count)
		*count += 1; // expect: data-race
	return TC_ACT_OK;
}

SEC("iter/bpf_map_elem")
int sum(struct bpf_iter__bpf_map_elem *ctx)
{
	volatile __u64 *values = ctx->value; // expect: data-race

	if (!values)
		return 0;
	__sync_fetch_and_add(&total, values[0] + values[1]);
	values[0] = 0;
	values[1] = 0;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 9
// states: packet + sum 21
// states: sum + sum 36
// states: sum < packet 22
// states: sum < packet + sum < packet 893
// reduced: packet + packet 2
// reduced: packet + sum 9
// reduced: sum + sum 24
// reduced: sum < packet 11
// reduced: sum < packet + sum < packet 556
