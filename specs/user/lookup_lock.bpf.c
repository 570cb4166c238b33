// The right form of lookup_plain: with BPF_F_LOCK the copy is made under the lock of the element.
//
// verdict: HOLDS
// options: --user lookup:stats:lock

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
// states: count + user:lookup stats lock 121
// states: user:lookup stats lock + user:lookup stats lock 107
// states: user:lookup stats lock < count 70
// states: user:lookup stats lock < count + user:lookup stats lock < count 6756
// reduced: count + count 3
// reduced: count + user:lookup stats lock 8
// reduced: user:lookup stats lock + user:lookup stats lock 10
// reduced: user:lookup stats lock < count 16
// reduced: user:lookup stats lock < count + user:lookup stats lock < count 423
