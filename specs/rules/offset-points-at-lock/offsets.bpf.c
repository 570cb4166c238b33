// The argument is the address of the lock.
//
// kernel 5.15: the_counter rejects offset-points-at-lock

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("off 4 doesn't point to 'struct bpf_spin_lock' that is at 0")
int the_counter(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock((void *)&e->cnt); // rejects: offset-points-at-lock
	bpf_spin_unlock((void *)&e->cnt);
	return 0;
}

SEC("tc") __success
int the_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}
