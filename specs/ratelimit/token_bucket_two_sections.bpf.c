// The token bucket, but the lock is released between the check and the spending: both CPUs pass on the same
// tokens, and one of them writes the other's spending away. There is no data race.
//
// verdict: VIOLATED

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
	__u64 tokens;

	if (!b)
		return TC_ACT_OK;
	bpf_spin_lock(&b->lock);
	tokens = b->tokens; // expect: lost-update
	if (now > b->last) {
		tokens += (now - b->last) / NSEC_PER_BYTE;
		if (tokens > BURST)
			tokens = BURST;
		b->last = now;
	}
	bpf_spin_unlock(&b->lock);
	if (tokens < len)
		return TC_ACT_SHOT;
	bpf_spin_lock(&b->lock);
	b->tokens = tokens - len; // expect: lost-update
	bpf_spin_unlock(&b->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: limit + limit 2083
// reduced: limit + limit 266
