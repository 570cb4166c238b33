// A lock must be released on every path.
//
// kernel 5.1: skips_the_unlock rejects unlock-before-exit
// kernel 6.12: skips_the_unlock rejects unlock-before-exit
// kernel 5.1: same_condition accepts

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region")
int skips_the_unlock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	if (skb->len > 64)
		return 1;
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
} // rejects: unlock-before-exit

SEC("tc") __success
int unlocks_on_both_ways(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	if (skb->len > 64) {
		bpf_spin_unlock(&e->lock);
		return 1;
	}
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int same_condition(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	int locked = 0;

	if (skb->len > 64) {
		bpf_spin_lock(&e->lock);
		locked = 1;
		e->cnt++;
	}
	asm volatile("" : "+r"(skb));
	if (locked)
		bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int early_return_before_the_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	if (skb->len > 64)
		return 1;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}
