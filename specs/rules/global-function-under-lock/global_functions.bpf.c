// A global function is verified on its own.

#include "../rules.h"

struct elems elems SEC(".maps");

__noinline int add(int n)
{
	asm volatile("" : "+r"(n));
	return n + 1;
}

__noinline int balanced(void)
{
	__u32 key = 1;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 1;
}

SEC("tc") __failure
__msg("global function calls are not allowed while holding a lock")
int calls_a_global_function(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt = add(e->cnt); // rejects: global-function-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int calls_it_before(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	int n = add(skb->len);

	bpf_spin_lock(&e->lock);
	e->cnt = n;
	bpf_spin_unlock(&e->lock);
	balanced();
	return 0;
}
