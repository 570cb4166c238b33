// A lock is known by its lookup.

#include "../rules.h"

private(A) struct bpf_spin_lock one;
private(B) struct bpf_spin_lock other;

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("bpf_spin_unlock of different lock")
int two_lookups_of_one_key(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	struct elem *again = bpf_map_lookup_elem(&elems, &key);

	if (!again)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&again->lock); // rejects: unlock-same-lock
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_unlock of different lock")
int two_sections(struct __sk_buff *skb)
{
	bpf_spin_lock(&one);
	bpf_spin_unlock(&other); // rejects: unlock-same-lock
	return 0;
}

SEC("tc") __success
int two_pointers_to_one_lookup(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	struct elem *same = e;

	asm volatile("" : "+r"(same));
	bpf_spin_lock(&e->lock);
	same->cnt++;
	bpf_spin_unlock(&same->lock);
	return 0;
}
