// Checks the limit in one critical section and takes the slot in another: no data race, no lost update, and
// yet more slots are used than there are.
//
// options: --property atomicity
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define SLOTS 8

struct pool {
	struct bpf_spin_lock lock;
	__u32 used;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct pool);
} pools SEC(".maps");

SEC("tc")
int open(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct pool *pool = bpf_map_lookup_elem(&pools, &key);
	int full;

	if (!pool)
		return TC_ACT_OK;
	bpf_spin_lock(&pool->lock);
	full = pool->used >= SLOTS; // allow: atomicity
	bpf_spin_unlock(&pool->lock);
	if (full)
		return TC_ACT_SHOT;
	bpf_spin_lock(&pool->lock);
	pool->used++; // expect: atomicity
	bpf_spin_unlock(&pool->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: open + open 55
// reduced: open + open 13
