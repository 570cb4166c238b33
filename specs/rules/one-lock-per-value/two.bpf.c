// Two locks in one value.
//
// map: rejects one-lock-per-value
// kernel 6.1: use accepts
// kernel 6.1: takes_one rejects one-lock-per-value

#include "../rules.h"

struct value {
	struct bpf_spin_lock lock, other;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

SEC("tc") __failure
int takes_one(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->lock);
	bpf_spin_unlock(&v->lock);
	return 0;
}

SEC("tc") __failure
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	v->cnt++;
	return 0;
}
