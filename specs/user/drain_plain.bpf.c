// User space takes the counters out with lookup-and-delete, whose copy nothing keeps from tearing; and what the program that has found the
// element before adds to it afterwards is lost.
//
// verdict: VIOLATED
// options: --user lookup-and-delete:stats

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
	s->packets++; // expect: data-race, stale-element
	s->bytes += len; // expect: data-race, stale-element
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 42
// states: count + user:lookup-and-delete stats 154
// states: user:lookup-and-delete stats + user:lookup-and-delete stats 86
// states: user:lookup-and-delete stats < count 63
// states: user:lookup-and-delete stats < count + user:lookup-and-delete stats < count 5798
// reduced: count + count 6
// reduced: count + user:lookup-and-delete stats 87
// reduced: user:lookup-and-delete stats + user:lookup-and-delete stats 30
// reduced: user:lookup-and-delete stats < count 21
// reduced: user:lookup-and-delete stats < count + user:lookup-and-delete stats < count 1191
