// The rate limiter of refill_wraps on three CPUs. A run for which the difference has wrapped goes on all the same, and releases
// the lock that the others wait for: there is no deadlock.
//
// verdict: VIOLATED
// options: --cpus 3

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
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

SEC("tc")
int limit(struct __sk_buff *skb)
{
	__u32 key = 0, len = skb->len;
	__u64 now = bpf_ktime_get_ns(); // expect: clock-order
	struct bucket *b = bpf_map_lookup_elem(&buckets, &key);
	int verdict = TC_ACT_SHOT;

	if (!b)
		return TC_ACT_OK;
	bpf_spin_lock(&b->lock);
	b->tokens += (now - b->last) / NSEC_PER_BYTE; // expect: clock-order
	if (b->tokens > BURST)
		b->tokens = BURST;
	b->last = now;
	if (b->tokens >= len) {
		b->tokens -= len;
		verdict = TC_ACT_OK;
	}
	bpf_spin_unlock(&b->lock);
	return verdict;
}

char LICENSE[] SEC("license") = "GPL";

// states: limit + limit + limit 4375
// reduced: limit + limit + limit 479
