// A plain lock around a resilient one is allowed; interrupts stay off until the plain one is released.
//
// verdict: HOLDS

#include "resilient.h"

static struct bpf_spin_lock plain SEC(".data.plain") __attribute__((aligned(8)));

SEC("tc")
int count(struct __sk_buff *skb)
{
	struct account *a = account(0);

	if (!a)
		return 0;
	bpf_spin_lock(&plain);
	if (!bpf_res_spin_lock(&a->lock)) {
		a->cnt++;
		bpf_res_spin_unlock(&a->lock);
	}
	bpf_spin_unlock(&plain);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 24
// reduced: count + count 3
