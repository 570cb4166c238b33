// The place of the lock is a constant.

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("R1 doesn't have constant offset. bpf_spin_lock has to be at the constant offset")
int unknown(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	void *lock = (void *)e + (skb->len & 12);

	bpf_spin_lock(lock); // rejects: constant-offset
	bpf_spin_unlock(lock);
	return 0;
}

SEC("tc") __success
int known(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	void *lock = (void *)e;

	bpf_spin_lock(lock);
	e->cnt++;
	bpf_spin_unlock(lock);
	return 0;
}
