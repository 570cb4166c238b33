// Static functions are followed since Linux 6.9.
//
// kernel 5.1: calls rejects subprogram-under-lock
// kernel 6.6: calls rejects subprogram-under-lock
// kernel 6.12: calls accepts
// kernel 6.6: locks_there rejects unlock-before-exit
// kernel 6.12: locks_there accepts

#include "../rules.h"

struct elems elems SEC(".maps");

static __noinline void add(struct elem *e)
{
	e->cnt++;
	asm volatile("" ::: "memory");
}

static __noinline void lock(struct elem *e)
{
	bpf_spin_lock(&e->lock);
	asm volatile("" ::: "memory");
}

static __noinline void unlock(struct elem *e)
{
	bpf_spin_unlock(&e->lock);
	asm volatile("" ::: "memory");
}

SEC("tc") __success
int calls(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	add(e);
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int locks_there(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	lock(e);
	e->cnt++;
	unlock(e);
	return 0;
}

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region")
int forgets_to_unlock_what_was_locked_there(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	lock(e);
	add(e);
	return 0;
} // rejects: unlock-before-exit
