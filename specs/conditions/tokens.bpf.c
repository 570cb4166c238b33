// Two tokens: a run that takes one under the lock lets its packet pass, one that finds none drops it. What the programs
// return adds up to the number of tokens taken.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define PASSED 1
#define DROPPED 0

struct bucket {
	struct bpf_spin_lock lock;
	__u32 tokens;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

SEC("tc")
int take(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &key);
	int passed = DROPPED;

	if (!bucket)
		return DROPPED;
	bpf_spin_lock(&bucket->lock);
	if (bucket->tokens) {
		bucket->tokens--;
		passed = PASSED;
	}
	bpf_spin_unlock(&bucket->lock);
	return passed;
}

char LICENSE[] SEC("license") = "GPL";

// states: take + take 30
// reduced: take + take 11
