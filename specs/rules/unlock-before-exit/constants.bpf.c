// Constants in .rodata are known to the verifier: what they rule out is not looked at.
// kernel 5.1: off rejects unlock-before-exit

#include "../rules.h"

struct elems elems SEC(".maps");

const volatile int zero = 0;
const volatile int three = 3;
static const volatile char zeros[4] = {};

static __always_inline struct elem *found(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&elems, &key);
}

SEC("tc") __success
int off(struct __sk_buff *skb)
{
	struct elem *e = found();

	if (e && zero)
		bpf_spin_lock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("cannot be used inside bpf_spin_lock-ed region")
int on(struct __sk_buff *skb)
{
	struct elem *e = found();

	if (e && three)
		bpf_spin_lock(&e->lock);
	return 0; // rejects: unlock-before-exit
}

SEC("tc") __success
int on_twice(struct __sk_buff *skb)
{
	struct elem *e = found();

	if (!e)
		return 0;
	if (three == 3)
		bpf_spin_lock(&e->lock);
	e->cnt++;
	if (three > 2)
		bpf_spin_unlock(&e->lock);
	return 0;
}

// Only at a constant offset.
SEC("tc") __failure
__msg("cannot be used inside bpf_spin_lock-ed region")
int one_of_four_zeros(struct __sk_buff *skb)
{
	struct elem *e = found();

	if (e && zeros[skb->len & 3])
		bpf_spin_lock(&e->lock);
	return 0; // rejects: unlock-before-exit
}

// The address of a map is never 0.
SEC("tc") __success
int no_map(struct __sk_buff *skb)
{
	struct elem *e = found();
	void *map = &elems;

	if (e)
		asm volatile("if %1 != 0 goto +1; *(u32 *)(%0 + 0) = 1;" :: "r"(e), "r"(map) : "memory");
	return 0;
}

// Of the context's address the verifier does not know that.
SEC("tc") __failure
__msg("bpf_spin_lock cannot be accessed directly by load/store")
int no_context(struct __sk_buff *skb)
{
	struct elem *e = found();

	if (e)
		asm volatile("if %1 != 0 goto +1; *(u32 *)(%0 + 0) = 1;" :: "r"(e), "r"(skb) : "memory"); // rejects: field-access
	return 0;
}
