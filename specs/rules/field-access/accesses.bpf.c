// Nobody but the lock functions touches the lock.

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int load(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	if (*(volatile int *)&e->lock) // rejects: field-access
		return 0;
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int store(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	*(volatile int *)&e->lock = 0; // rejects: field-access
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int atomic(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	__sync_fetch_and_add((int *)&e->lock, 1); // rejects: field-access
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int at_an_unknown_offset(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	((volatile char *)e)[skb->len & 15] = 1; // rejects: field-access
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int helper_buffer(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_skb_load_bytes(skb, 0, e, sizeof(*e)); // rejects: field-access
	return 0;
}

SEC("tc") __success
int beside_it(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	e->sum += ((volatile char *)&e->cnt)[skb->len & 3];
	bpf_skb_load_bytes(skb, 0, &e->cnt, sizeof(e->cnt));
	return 0;
}

__noinline int sum_of(struct elem *e)
{
	return e ? e->sum : 0;
}

SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int argument_of_a_global_function(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	return sum_of(e); // rejects: field-access
}
