// A tracing program in NMI takes the lock of what it has interrupted. With bpf_spin_lock that is a deadlock
// (nesting/fentry_nmi); a resilient lock is refused with -EDEADLK, as the CPU has it already.
//
// verdict: HOLDS

#include "resilient.h"

SEC("tc")
int packet(struct __sk_buff *skb)
{
	struct account *a = account(0);
	unsigned long flags;

	if (!a || bpf_res_spin_lock_irqsave(&a->lock, &flags))
		return 0;
	a->cnt++;
	bpf_res_spin_unlock_irqrestore(&a->lock, &flags);
	return 0;
}

SEC("tp_btf/nmi_handler")
int nmi(void *ctx)
{
	struct account *a = account(0);

	if (!a || bpf_res_spin_lock(&a->lock))
		return 0;
	a->cnt++;
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 23
// states: packet + nmi 23
// states: nmi + nmi 23
// states: packet < nmi 31
// states: packet < nmi + packet < nmi 718
// reduced: packet + packet 9
// reduced: packet + nmi 16
// reduced: nmi + nmi 9
// reduced: packet < nmi 12
// reduced: packet < nmi + packet < nmi 207
