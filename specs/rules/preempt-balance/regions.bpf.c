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

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} calls SEC(".maps");

SEC("tc") __failure
__msg("tail_call cannot be used inside bpf_preempt_disable-ed region")
int tail_call(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	bpf_tail_call(skb, &calls, 0); // rejects: preempt-balance
	bpf_preempt_enable();
	return 0;
}

SEC("tc") __failure
__msg("bpf_throw cannot be used inside bpf_preempt_disable-ed region")
int throws(struct __sk_buff *skb)
{
	bpf_preempt_disable();
	if (skb->len > 64)
		bpf_throw(1); // rejects: preempt-balance
	bpf_preempt_enable();
	return 0;
}

int load_byte(void *skb, __u64 offset) asm("llvm.bpf.load.byte");

SEC("tc") __failure
__msg("BPF_LD_[ABS|IND] cannot be used inside bpf_preempt_disable-ed region")
int loads_from_the_packet(struct __sk_buff *skb)
{
	int r;

	bpf_preempt_disable();
	r = load_byte(skb, 12); // rejects: preempt-balance
	bpf_preempt_enable();
	return r;
}
