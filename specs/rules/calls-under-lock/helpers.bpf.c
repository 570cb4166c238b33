// What may be called while a lock is held.
//
// kernel 6.1: looks_up_before accepts
// kernel 6.12: loops_with_bpf_loop rejects calls-under-lock

#include "../rules.h"

struct elems elems SEC(".maps");

static int step(__u32 i, void *context)
{
	return 0;
}

static int locks(__u32 i, struct elem *e)
{
	bpf_spin_lock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int reads_the_clock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->sum = bpf_ktime_get_ns(); // rejects: calls-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int looks_up(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_map_lookup_elem(&elems, &key); // rejects: calls-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int loops_with_bpf_loop(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_loop(10, step, 0, 0); // rejects: calls-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int callback_returns_with_the_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_loop(10, locks, e, 0); // rejects: calls-under-lock
	return 0;
}

SEC("tc") __success
int looks_up_before(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	__u64 now = bpf_ktime_get_ns();

	bpf_spin_lock(&e->lock);
	e->sum = now;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int loops_without_calls(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	for (int i = 0; i < 10; i++) {
		e->sum += i;
		asm volatile("" ::: "memory");
	}
	bpf_spin_unlock(&e->lock);
	return 0;
}
