// Only map values and allocated objects hold locks.

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("R1 type=fp expected=map_value, ptr_")
int on_the_stack(struct __sk_buff *skb)
{
	struct bpf_spin_lock lock = {};

	bpf_spin_lock(&lock); // rejects: lock-argument
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("R1 type=ctx expected=map_value, ptr_")
int in_the_context(struct __sk_buff *skb)
{
	bpf_spin_lock((void *)skb); // rejects: lock-argument
	bpf_spin_unlock((void *)skb);
	return 0;
}

SEC("tc") __failure
__msg("helper access to the packet is not allowed")
int in_the_packet(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;

	if (data + 4 > end)
		return 0;
	bpf_spin_lock(data); // rejects: lock-argument
	bpf_spin_unlock(data);
	return 0;
}

SEC("tc") __failure
__msg("R1 type=map_value_or_null expected=map_value, ptr_")
int not_tested_for_null(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	bpf_spin_lock(&e->lock); // rejects: lock-argument
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int in_a_value(struct __sk_buff *skb)
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
