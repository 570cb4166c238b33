// With BPF_F_LOCK the copy is whole. The element is unlinked all the same while a program waits for its lock: what that one adds is lost.
//
// verdict: VIOLATED
// options: --user lookup-and-delete:stats:lock

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
// states: count + user:lookup-and-delete stats lock 182
// states: user:lookup-and-delete stats lock + user:lookup-and-delete stats lock 146
// states: user:lookup-and-delete stats lock < count 71
// states: user:lookup-and-delete stats lock < count + user:lookup-and-delete stats lock < count 7090
// reduced: count + count 6
// reduced: count + user:lookup-and-delete stats lock 79
// reduced: user:lookup-and-delete stats lock + user:lookup-and-delete stats lock 47
// reduced: user:lookup-and-delete stats lock < count 21
// reduced: user:lookup-and-delete stats lock < count + user:lookup-and-delete stats lock < count 1408
