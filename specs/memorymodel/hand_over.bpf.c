// What is stored under bpf_spin_lock is seen by whoever takes the lock next, on x86 as well: the release is a store and comes last.
//
// verdict: HOLDS

#include "memorymodel.h"

struct value {
	struct bpf_spin_lock lock;
	__u32 first, second;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

__u32 torn;

SEC("tc/ingress")
int both(struct __sk_buff *skb)
{
	__u32 zero = 0;
	struct value *v = bpf_map_lookup_elem(&values, &zero);

	if (!v)
		return TC_ACT_OK;
	bpf_spin_lock(&v->lock);
	if (v->first != v->second)
		store_release(&torn, 1);
	v->first++;
	v->second++;
	bpf_spin_unlock(&v->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: both + both 62
// reduced: both + both 8
