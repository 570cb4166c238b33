// Saved flags are restored.

#include "../rules.h"

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_local_irq_save-ed region")
int left_off(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	if (skb->len > 64)
		return 1;
	bpf_local_irq_restore(&flags);
	return 0;
} // rejects: irq-balance

SEC("tc") __failure
__msg("expected an initialized irq flag as R1")
int not_saved(struct __sk_buff *skb)
{
	unsigned long flags = 0;

	bpf_local_irq_restore(&flags); // rejects: irq-balance
	return 0;
}

SEC("tc") __success
int restored(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	bpf_local_irq_restore(&flags);
	return 0;
}

SEC("tc") __failure
__msg("bpf_throw cannot be used inside bpf_local_irq_save-ed region")
int throws(struct __sk_buff *skb)
{
	unsigned long flags;

	bpf_local_irq_save(&flags);
	if (skb->len > 64)
		bpf_throw(1); // rejects: irq-balance
	bpf_local_irq_restore(&flags);
	return 0;
}
