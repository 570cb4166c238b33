// The token bucket without its lock.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define NSEC_PER_BYTE 1000
#define BURST 100000

struct bucket {
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
	__u64 last, tokens;

	if (!b)
		return TC_ACT_OK;
	last = b->last; // expect: data-race
	tokens = b->tokens; // expect: data-race, lost-update
	if (now > last) {
		tokens += (now - last) / NSEC_PER_BYTE;
		if (tokens > BURST)
			tokens = BURST;
		b->last = now; // expect: data-race
	}
	if (tokens < len)
		return TC_ACT_SHOT;
	b->tokens = tokens - len; // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: limit + limit 807
// reduced: limit + limit 228
