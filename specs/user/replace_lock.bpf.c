// The right form of replace_plain: with BPF_F_LOCK the element stays and is copied into under its lock.
//
// verdict: HOLDS
// options: --user update:stats:lock

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct stats {
	struct bpf_spin_lock lock;
	__u32 errors;
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct stats);
} stats SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 1, len = skb->len;
	struct stats *s = bpf_map_lookup_elem(&stats, &key);

	if (!s)
		return 0;
	bpf_spin_lock(&s->lock);
	s->packets++;
	s->bytes += len;
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 42
// states: count + user:update stats lock 195
// states: user:update stats lock + user:update stats lock 235
// states: user:update stats lock < count 129
// states: user:update stats lock < count + user:update stats lock < count 25931
// reduced: count + count 6
// reduced: count + user:update stats lock 41
// reduced: user:update stats lock + user:update stats lock 41
// reduced: user:update stats lock < count 38
// reduced: user:update stats lock < count + user:update stats lock < count 2215
