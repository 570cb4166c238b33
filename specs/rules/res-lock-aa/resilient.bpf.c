// Resilient locks nest, but not with themselves.
//
// kernel 6.12: nested rejects value-has-lock, known-function
// kernel 6.18: nested accepts

#include "../rules.h"

struct elems elems SEC(".maps");

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
__msg("Acquiring the same lock again, AA deadlock detected")
int twice(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	if (bpf_res_spin_lock(&a->lock))
		return 0;
	if (!bpf_res_spin_lock(&a->lock)) // rejects: res-lock-aa
		bpf_res_spin_unlock(&a->lock);
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

SEC("tc") __success
int nested(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	if (bpf_res_spin_lock(&a->lock))
		return 0;
	if (!bpf_res_spin_lock(&b->lock)) {
		b->cnt = a->cnt;
		bpf_res_spin_unlock(&b->lock);
	}
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

SEC("tc") __success
int inside_a_plain_lock(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!a || !b || !e)
		return 0;
	bpf_spin_lock(&e->lock);
	if (!bpf_res_spin_lock(&a->lock))
		bpf_res_spin_unlock(&a->lock);
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("bpf_res_spin_unlock without taking a lock")
int result_not_tested(struct __sk_buff *skb)
{
	__u32 key = 0, next = 1;
	struct resilient *a = bpf_map_lookup_elem(&rs, &key), *b = bpf_map_lookup_elem(&rs, &next);

	if (!a || !b)
		return 0;
	bpf_res_spin_lock(&a->lock);
	bpf_res_spin_unlock(&a->lock); // rejects: unlock-without-lock
	return 0;
}
