// Every write is under the lock, but the limit is tested on a read after the unlock.
//
// verdict: VIOLATED

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

	if (!val)
		return TC_ACT_OK;
	bpf_spin_lock(&val->lock);
	val->cnt++; // expect: data-race
	bpf_spin_unlock(&val->lock);
	return val->cnt > LIMIT ? TC_ACT_SHOT : TC_ACT_OK; // expect: data-race
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 137
// reduced: count + count 19
