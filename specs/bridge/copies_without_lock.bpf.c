// Copies without BPF_F_LOCK: word by word.
// The same under jcstress: maps.CopiesWithoutLock
//
// verdict: VIOLATED

#include "bridge.h"

SEC("tc")
int cpu0(struct __sk_buff *skb)
{
	struct element *e = the_element();

	if (!e)
		return 0;
	WRITE_ONCE(e->v0, 1); // expect: data-race
	WRITE_ONCE(e->v1, 1); // expect: data-race
	return 0;
}

SEC("tc")
int cpu1(struct __sk_buff *skb)
{
	struct element *e = the_element();
	__u32 r0, r1;

	if (!e)
		return 0;
	r0 = READ_ONCE(e->v0); // expect: data-race
	r1 = READ_ONCE(e->v1); // expect: data-race
	result(0, r0);
	result(1, r1);
	return 0;
}

// states: cpu0 + cpu0 9
// states: cpu0 + cpu1 29
// states: cpu1 + cpu1 25
// reduced: cpu0 + cpu0 6
// reduced: cpu0 + cpu1 12
// reduced: cpu1 + cpu1 8
