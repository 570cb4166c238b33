// Locks are released in the reverse order of taking.

#include "../rules.h"

struct resilient {
	struct bpf_res_spin_lock lock;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct resilient);
} rs SEC(".maps");

SEC("tc") __failure
__msg("bpf_res_spin_unlock cannot be out of order")
int out_of_order(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	if (bpf_res_spin_lock(&a->lock))
		return 0;
	if (bpf_res_spin_lock(&b->lock)) {
		bpf_res_spin_unlock(&a->lock);
		return 0;
	}
	b->cnt++;
	bpf_res_spin_unlock(&a->lock); // rejects: unlock-order
	bpf_res_spin_unlock(&b->lock);
	return 0;
}

SEC("tc") __success
int in_order(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	if (bpf_res_spin_lock(&a->lock))
		return 0;
	if (bpf_res_spin_lock(&b->lock)) {
		bpf_res_spin_unlock(&a->lock);
		return 0;
	}
	bpf_res_spin_unlock(&b->lock);
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

SEC("tc") __failure
__msg("bpf_res_spin_unlock of different lock")
int other_class(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	unsigned long flags;

	if (bpf_res_spin_lock_irqsave(&a->lock, &flags))
		return 0;
	bpf_res_spin_unlock(&a->lock); // rejects: unlock-same-lock
	return 0;
}
