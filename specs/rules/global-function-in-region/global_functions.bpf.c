// Until Linux 6.14 no global function is called with preemption or interrupts off.

#include "../rules.h"

__noinline int twice(int a)
{
	return 2 * a + bpf_get_prandom_u32();
}

static __noinline int thrice(int a)
{
	return 3 * a + bpf_get_prandom_u32();
}

// kernel 6.10: without_preemption rejects global-function-in-region
// kernel 6.12: without_preemption rejects global-function-in-region
// kernel 6.14: without_preemption rejects global-function-in-region
// kernel 6.15: without_preemption accepts
SEC("tc") __success
int without_preemption(struct __sk_buff *skb)
{
	int r;

	bpf_preempt_disable();
	r = twice(skb->len);
	bpf_preempt_enable();
	return r;
}

// kernel 6.14: without_interrupts rejects global-function-in-region
// kernel 6.15: without_interrupts accepts
SEC("tc") __success
int without_interrupts(struct __sk_buff *skb)
{
	unsigned long flags;
	int r;

	bpf_local_irq_save(&flags);
	r = twice(skb->len);
	bpf_local_irq_restore(&flags);
	return r;
}

// kernel 6.12: in_rcu accepts
SEC("tc") __success
int in_rcu(struct __sk_buff *skb)
{
	int r;

	bpf_rcu_read_lock();
	r = twice(skb->len);
	bpf_rcu_read_unlock();
	return r;
}

// kernel 6.12: static_function accepts
SEC("tc") __success
int static_function(struct __sk_buff *skb)
{
	int r;

	bpf_preempt_disable();
	r = thrice(skb->len);
	bpf_preempt_enable();
	return r;
}
