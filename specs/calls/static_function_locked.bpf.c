// The right form of static_function: the lock is held across the call.
//
// verdict: HOLDS

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

static __noinline void add_one(struct hash_elem *val)
{
	val->cnt++;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct hash_elem *val = bpf_map_lookup_elem(&counters, &key);

	if (!val)
		return TC_ACT_OK;
	bpf_spin_lock(&val->lock);
	add_one(val);
	bpf_spin_unlock(&val->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 3
