// Another right form of refill_wraps: the difference is taken as a signed number and clamped at zero.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define NSEC_PER_BYTE 1000
#define BURST 100000

struct bucket {
	struct bpf_spin_lock lock;
	__u64 tokens;
	__u64 last;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

SEC("tc")
int limit(struct __sk_buff *skb)
{
	__u32 key = skb->ifindex, len = skb->len;
	__u64 now = bpf_ktime_get_ns();
	struct bucket *b = bpf_map_lookup_elem(&buckets, &key);
	int verdict = TC_ACT_SHOT;

	if (!b)
		return TC_ACT_OK;
	bpf_spin_lock(&b->lock);
	__s64 passed = now - b->last;

	if (passed < 0)
		passed = 0;
	b->tokens += (__u64)passed / NSEC_PER_BYTE;
	if (b->tokens > BURST)
		b->tokens = BURST;
	b->last += passed;
	if (b->tokens >= len) {
		b->tokens -= len;
		verdict = TC_ACT_OK;
	}
	bpf_spin_unlock(&b->lock);
	return verdict;
}

char LICENSE[] SEC("license") = "GPL";

// states: limit + limit 3229
// reduced: limit + limit 366
