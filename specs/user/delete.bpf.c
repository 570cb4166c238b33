// User space deletes the element while a program counts in it.
//
// verdict: VIOLATED
// options: --user delete:stats

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
// states: count + user:delete stats 58
// states: user:delete stats + user:delete stats 14
// states: user:delete stats < count 47
// states: user:delete stats < count + user:delete stats < count 2755
// reduced: count + count 6
// reduced: count + user:delete stats 35
// reduced: user:delete stats + user:delete stats 9
// reduced: user:delete stats < count 18
// reduced: user:delete stats < count + user:delete stats < count 505
