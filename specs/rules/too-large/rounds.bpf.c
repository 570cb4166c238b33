// The verifier follows plain loops round by round, and gives up after a million instructions.

#include "../rules.h"

struct elems elems SEC(".maps");

int limits[64];

SEC("tc") __failure
__msg("The sequence of 8193 jumps is too complex.")
int unknown_bound(struct __sk_buff *skb)
{
	__u32 key = 0, rounds = skb->len, sum = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	for (__u32 i = 0; i < rounds; i++) {
		if (limits[i & 63] > 7) // rejects: too-large
			sum += skb->mark ^ i;
		barrier_var(sum);
	}
	bpf_spin_lock(&e->lock);
	e->sum = sum;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("BPF program is too large. Processed 1000001 insn")
int unknown_bound_under_the_lock(struct __sk_buff *skb)
{
	__u32 key = 0, rounds = skb->len;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	for (__u32 i = 0; i < rounds; i++) {
		e->sum += i; // rejects: too-large
		barrier_var(i);
	}
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int bound_of_a_byte(struct __sk_buff *skb)
{
	__u32 key = 0, rounds = skb->len & 255, sum = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	for (__u32 i = 0; i < rounds; i++) {
		sum += skb->mark ^ i;
		barrier_var(sum);
	}
	bpf_spin_lock(&e->lock);
	e->sum = sum;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("infinite loop detected at insn")
int waits_for_a_flag(struct __sk_buff *skb)
{
	while (*(volatile int *)&limits[3]) // rejects: too-large
		;
	return 0;
}
