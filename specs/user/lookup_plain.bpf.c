// User space reads the element without BPF_F_LOCK: it may see the new packets with the old bytes.
//
// verdict: VIOLATED
// options: --user lookup:stats

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
	s->packets++; // expect: data-race
	s->bytes += len; // expect: data-race
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 39
// states: count + user:lookup stats 97
// states: user:lookup stats + user:lookup stats 59
// states: user:lookup stats < count 88
// states: user:lookup stats < count + user:lookup stats < count 10868
// reduced: count + count 3
// reduced: count + user:lookup stats 27
// reduced: user:lookup stats + user:lookup stats 16
// reduced: user:lookup stats < count 24
// reduced: user:lookup stats < count + user:lookup stats < count 1462
