// A socket filter may be preempted.

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("socket") __failure
__msg("socket filter progs cannot use bpf_spin_lock yet")
int filter(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key); // rejects: socket-filter

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int classifier(struct __sk_buff *skb)
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
