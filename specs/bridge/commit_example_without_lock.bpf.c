// The commit's example without its lock.
// The same under jcstress: maps.CommitExampleWithoutLock
//
// verdict: VIOLATED

#include "bridge.h"

SEC("tc")
int cpu0(struct __sk_buff *skb)
{
	struct element *e = the_element();

	if (!e)
		return 0;
	e->v0++; // expect: data-race, lost-update
	return 0;
}

SEC("tc")
int cpu1(struct __sk_buff *skb)
{
	struct element *e = the_element();

	if (!e)
		return 0;
	e->v0++; // expect: data-race, lost-update
	return 0;
}

// states: cpu0 + cpu0 12
// states: cpu0 + cpu1 12
// states: cpu1 + cpu1 12
// reduced: cpu0 + cpu0 6
// reduced: cpu0 + cpu1 9
// reduced: cpu1 + cpu1 6
