// The right form: whoever is refused the lock leaves the data alone.
//
// verdict: HOLDS

#include "resilient.h"

SEC("tc")
int count(struct __sk_buff *skb)
{
	struct account *a = account(0);

	if (!a || bpf_res_spin_lock(&a->lock))
		return 0;
	a->cnt++;
	a->sum += a->cnt;
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 35
// reduced: count + count 13
