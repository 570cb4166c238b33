// Each writes one field and reads the other, under the lock each time.
// The same under jcstress: maps.StoreBuffering
//
// verdict: HOLDS

#include "bridge.h"

SEC("tc")
int cpu0(struct __sk_buff *skb)
{
	struct element *e = the_element();
	__u32 r;

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->v0 = 1;
	bpf_spin_unlock(&e->lock);
	bpf_spin_lock(&e->lock);
	r = e->v1;
	bpf_spin_unlock(&e->lock);
	result(0, r);
	return 0;
}

SEC("tc")
int cpu1(struct __sk_buff *skb)
{
	struct element *e = the_element();
	__u32 r;

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->v1 = 1;
	bpf_spin_unlock(&e->lock);
	bpf_spin_lock(&e->lock);
	r = e->v0;
	bpf_spin_unlock(&e->lock);
	result(1, r);
	return 0;
}

// states: cpu0 + cpu0 48
// states: cpu0 + cpu1 68
// states: cpu1 + cpu1 48
// reduced: cpu0 + cpu0 7
// reduced: cpu0 + cpu1 10
// reduced: cpu1 + cpu1 7
