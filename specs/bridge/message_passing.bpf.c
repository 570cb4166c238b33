// Data in one section, a flag in the next.
// The same under jcstress: maps.MessagePassing
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
	e->v1 = 1;
	bpf_spin_unlock(&e->lock);
	bpf_spin_lock(&e->lock);
	e->v0 = 1;
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
	bpf_spin_unlock(&e->lock);
	bpf_spin_lock(&e->lock);
	r1 = e->v1;
	bpf_spin_unlock(&e->lock);
	result(0, r0);
	result(1, r1);
	return 0;
}

// states: cpu0 + cpu0 33
// states: cpu0 + cpu1 65
// states: cpu1 + cpu1 65
// reduced: cpu0 + cpu0 6
// reduced: cpu0 + cpu1 10
// reduced: cpu1 + cpu1 8
