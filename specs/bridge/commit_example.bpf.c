// The commit's example: val->cnt++ under the lock.
// The same under jcstress: maps.CommitExample
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
	e->v0++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc")
int cpu1(struct __sk_buff *skb)
{
	struct element *e = the_element();

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->v0++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

// states: cpu0 + cpu0 16
// states: cpu0 + cpu1 16
// states: cpu1 + cpu1 16
// reduced: cpu0 + cpu0 3
// reduced: cpu0 + cpu1 4
// reduced: cpu1 + cpu1 3
