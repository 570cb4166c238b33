// In a hash map an update without BPF_F_LOCK replaces the element: what is counted in the old one is lost.
//
// verdict: VIOLATED
// options: --user update:stats

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
	s->packets++; // expect: stale-element
	s->bytes += len; // expect: stale-element
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 42
// states: count + user:update stats 89
// states: user:update stats + user:update stats 31
// states: user:update stats < count 73
// states: user:update stats < count + user:update stats < count 9112
// reduced: count + count 6
// reduced: count + user:update stats 47
// reduced: user:update stats + user:update stats 16
// reduced: user:update stats < count 25
// reduced: user:update stats < count + user:update stats < count 1082
