// Two lookups of one key: the verifier takes them for two locks, the kernel finds that they are one (-EDEADLK).
// What must be returned is in scenarios.yaml.
//
// verdict: HOLDS

#include "resilient.h"

SEC("tc")
int twice(struct __sk_buff *skb)
{
	struct account *a = account(0), *b = account(0);
	int second;

	if (!a || !b || bpf_res_spin_lock(&a->lock))
		return 1;
	second = bpf_res_spin_lock(&b->lock);
	if (!second)
		bpf_res_spin_unlock(&b->lock);
	bpf_res_spin_unlock(&a->lock);
	return second;
}

char LICENSE[] SEC("license") = "GPL";

// states: twice + twice 12
// reduced: twice + twice 7
