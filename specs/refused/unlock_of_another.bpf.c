// The second unlock may free the lock while another CPU owns it: then two CPUs own it, and counts are lost.
//
// options: --waive unlock-without-lock
// refused: unlock-without-lock: bpf_spin_unlock without taking a lock
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct hash_elem {
	int cnt;
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hash_elem);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct hash_elem *val = bpf_map_lookup_elem(&counters, &key);

	if (!val)
		return TC_ACT_OK;
	bpf_spin_lock(&val->lock); // expect: mutual-exclusion
	val->cnt++; // expect: data-race, lost-update
	bpf_spin_unlock(&val->lock); // allow: lock-discipline
	bpf_spin_unlock(&val->lock); // expect: lock-discipline
	bpf_spin_lock(&val->lock); // expect: mutual-exclusion
	val->cnt++; // expect: data-race, lost-update
	bpf_spin_unlock(&val->lock); // allow: lock-discipline
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 194
// reduced: count + count 100
