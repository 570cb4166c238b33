// A histogram of packet sizes: the slot is unknown, but inside the value; atomic adds.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define SLOTS 16

struct histogram {
	__u64 count[SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct histogram);
} sizes SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0, slot = skb->len / 128;
	struct histogram *h = bpf_map_lookup_elem(&sizes, &key);

	if (!h)
		return TC_ACT_OK;
	if (slot >= SLOTS)
		slot = SLOTS - 1;
	__sync_fetch_and_add(&h->count[slot], 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 969
// reduced: count + count 170
