// User space resets the element without BPF_F_LOCK: word by word, in the middle of the critical section.
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
	__uint(type, BPF_MAP_TYPE_ARRAY);
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
	s->packets++; // expect: data-race, lost-update
	s->bytes += len; // expect: data-race, lost-update
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 39
// states: count + user:update stats 137
// states: user:update stats + user:update stats 89
// states: user:update stats < count 98
// states: user:update stats < count + user:update stats < count 23673
// reduced: count + count 3
// reduced: count + user:update stats 32
// reduced: user:update stats + user:update stats 18
// reduced: user:update stats < count 25
// reduced: user:update stats < count + user:update stats < count 1870
