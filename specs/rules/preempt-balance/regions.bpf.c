// What is opened is closed.

#include "../rules.h"

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_preempt_disable-ed region")
int left_open(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	if (skb->len > 64)
		return 1;
	bpf_preempt_enable();
	return 0;
} // rejects: preempt-balance

SEC("tc") __failure
__msg("unmatched attempt to enable preemption")
int not_open(struct __sk_buff *skb)
{
	bpf_preempt_enable(); // rejects: preempt-balance
	return 0;
}

SEC("tc") __success
int nested(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	bpf_preempt_disable();
	bpf_preempt_enable();
	bpf_preempt_enable();
	return 0;
}
