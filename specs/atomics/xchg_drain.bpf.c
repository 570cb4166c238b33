// Counts are gathered in one counter and moved to another: the exchange takes them away exactly once.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct batch {
	__u64 pending;
	__u64 flushed;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct batch);
} batches SEC(".maps");

SEC("tc/ingress")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct batch *b = bpf_map_lookup_elem(&batches, &key);

	if (b)
		__sync_fetch_and_add(&b->pending, 1);
	return TC_ACT_OK;
}

SEC("tc/egress")
int flush(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct batch *b = bpf_map_lookup_elem(&batches, &key);

	if (b)
		__sync_fetch_and_add(&b->flushed, __sync_lock_test_and_set(&b->pending, 0));
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 4
// states: count + flush 8
// states: flush + flush 12
// reduced: count + count 3
// reduced: count + flush 6
// reduced: flush + flush 7
