// Read under the lock, write under the lock, but not under the same one: no data race, and yet the increment
// of another CPU in between is lost.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

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
	cnt = val->cnt; // expect: lost-update
	bpf_spin_unlock(&val->lock);
	bpf_spin_lock(&val->lock);
	val->cnt = cnt + 1; // expect: lost-update
	bpf_spin_unlock(&val->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 182
// reduced: count + count 15
