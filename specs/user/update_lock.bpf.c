// The right form of update_plain.
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
	s->packets++;
	s->bytes += len;
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 39
// states: count + user:update stats lock 129
// states: user:update stats lock + user:update stats lock 117
// states: user:update stats lock < count 78
// states: user:update stats lock < count + user:update stats lock < count 8893
// reduced: count + count 3
// reduced: count + user:update stats lock 9
// reduced: user:update stats lock + user:update stats lock 10
// reduced: user:update stats lock < count 16
// reduced: user:update stats lock < count + user:update stats lock < count 615
