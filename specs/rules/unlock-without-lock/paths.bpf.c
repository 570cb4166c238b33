// A release needs a lock that is held.

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("bpf_spin_unlock without taking a lock")
int never_locked(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_unlock(&e->lock); // rejects: unlock-without-lock
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_unlock without taking a lock")
int locked_on_one_way(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	if (skb->len > 64)
		bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock); // rejects: unlock-without-lock
	return 0;
}

SEC("tc") __success
int in_a_loop(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	for (int i = 0; i < 3; i++) {
		bpf_spin_lock(&e->lock);
		e->cnt++;
		bpf_spin_unlock(&e->lock);
	}
	return 0;
}
