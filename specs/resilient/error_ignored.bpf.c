// The lock was refused, but the program goes on as if it had it. The verifier sees to it that only who has the lock releases
// it; what is done without it, it does not mind.
//
// verdict: VIOLATED

#include "resilient.h"

SEC("tc")
int count(struct __sk_buff *skb)
{
	struct account *a = account(0);
	int refused;

	if (!a)
		return 0;
	refused = bpf_res_spin_lock(&a->lock);
	a->cnt++; // expect: data-race, lost-update
	if (!refused)
		bpf_res_spin_unlock(&a->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 50
// reduced: count + count 20
