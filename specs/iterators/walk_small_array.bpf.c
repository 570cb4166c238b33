// A small array is walked from its first value to its last: the walk of one CPU and the adds of another are all atomic, and
// a walk of three values adds three.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

__u64 walked;

static long add(void *map, __u32 *key, __u64 *counter, void *context)
{
	__sync_fetch_and_add(counter, 1);
	return 0;
}

SEC("tc")
int walk(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&walked, bpf_for_each_map_elem(&counters, add, 0, 0));
	return TC_ACT_OK;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	__u64 *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		__sync_fetch_and_add(counter, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: walk + walk 25
// states: walk + count 40
// states: count + count 61
// reduced: walk + walk 11
// reduced: walk + count 13
// reduced: count + count 20
