// Reads, thinks, writes back: each system call takes the lock, but what is counted between the two is lost.
//
// verdict: VIOLATED
// options: --user rewrite:stats:lock

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
	s->packets++; // expect: lost-update
	s->bytes += len; // expect: lost-update
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 42
// states: count + user:rewrite stats lock 282
// states: user:rewrite stats lock + user:rewrite stats lock 452
// states: user:rewrite stats lock < count 164
// states: user:rewrite stats lock < count + user:rewrite stats lock < count 40633
// reduced: count + count 6
// reduced: count + user:rewrite stats lock 33
// reduced: user:rewrite stats lock + user:rewrite stats lock 67
// reduced: user:rewrite stats lock < count 37
// reduced: user:rewrite stats lock < count + user:rewrite stats lock < count 4612
