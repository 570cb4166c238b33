// Copies with BPF_F_LOCK on both sides.
// The same under jcstress: maps.CopiesWithLock
//
// verdict: HOLDS

#include "bridge.h"

SEC("tc")
int cpu0(struct __sk_buff *skb)
{
	struct element *e = the_element();

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->v0 = 1;
	e->v1 = 1;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc")
int cpu1(struct __sk_buff *skb)
{
	struct element *e = the_element();
	__u32 r0, r1;

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	r0 = e->v0;
	r1 = e->v1;
	bpf_spin_unlock(&e->lock);
	result(0, r0);
	result(1, r1);
	return 0;
}

// states: cpu0 + cpu0 16
// states: cpu0 + cpu1 29
// states: cpu1 + cpu1 40
// reduced: cpu0 + cpu0 3
// reduced: cpu0 + cpu1 4
// reduced: cpu1 + cpu1 5
