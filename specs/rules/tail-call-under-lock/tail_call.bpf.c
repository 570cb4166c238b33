// A tail call does not come back.

#include "../rules.h"

struct elems elems SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4);
} programs SEC(".maps");

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int inside(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_tail_call(skb, &programs, 0); // rejects: tail-call-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int after(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	bpf_tail_call(skb, &programs, 0);
	return 0;
}
