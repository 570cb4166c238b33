// Two locks of two elements.

#include "../rules.h"

struct elems elems SEC(".maps");

struct elems others SEC(".maps");

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int both(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	struct elem *o = bpf_map_lookup_elem(&others, &key);

	if (!o)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_spin_lock(&o->lock); // rejects: one-lock-held
	o->cnt = e->cnt;
	bpf_spin_unlock(&o->lock);
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int one_after_the_other(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	struct elem *o = bpf_map_lookup_elem(&others, &key);
	int cnt;

	if (!o)
		return 0;
	bpf_spin_lock(&e->lock);
	cnt = e->cnt;
	bpf_spin_unlock(&e->lock);
	bpf_spin_lock(&o->lock);
	o->cnt = cnt;
	bpf_spin_unlock(&o->lock);
	return 0;
}
