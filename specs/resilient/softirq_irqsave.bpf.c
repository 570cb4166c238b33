// As softirq, with interrupts off while the task has the lock: no packet comes in between.
//
// verdict: HOLDS

#include "resilient.h"

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	struct account *a = account(0);
	unsigned long flags;

	if (!a || bpf_res_spin_lock_irqsave(&a->lock, &flags))
		return 1;
	a->cnt++;
	bpf_res_spin_unlock_irqrestore(&a->lock, &flags);
	return 1;
}

SEC("tc")
int packet(struct __sk_buff *skb)
{
	struct account *a = account(0);
	int refused;

	if (!a)
		return 0;
	refused = bpf_res_spin_lock(&a->lock);
	if (refused)
		return refused;
	a->cnt++;
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 23
// states: connecting + packet 23
// states: packet + packet 23
// states: connecting < packet 24
// states: connecting < packet + connecting < packet 565
// reduced: connecting + connecting 9
// reduced: connecting + packet 16
// reduced: packet + packet 9
// reduced: connecting < packet 6
// reduced: connecting < packet + connecting < packet 180
