// The lock is taken too late: the count is read before it and written back under it.
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
	cnt = val->cnt; // expect: data-race, lost-update
	bpf_spin_lock(&val->lock);
	val->cnt = cnt + 1; // expect: data-race, lost-update
	bpf_spin_unlock(&val->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 112
// reduced: count + count 16
