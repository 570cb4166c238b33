// The right form of read_outside: the count that the limit is tested on is copied under the lock.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LIMIT 1000

struct hash_elem {
	int cnt;
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, __u32);
	__type(value, struct hash_elem);
} hash_map SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct hash_elem *val = bpf_map_lookup_elem(&hash_map, &key);
	int cnt;

	if (!val)
		return TC_ACT_OK;
	bpf_spin_lock(&val->lock);
	cnt = ++val->cnt;
	bpf_spin_unlock(&val->lock);
	return cnt > LIMIT ? TC_ACT_SHOT : TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 98
// reduced: count + count 12
