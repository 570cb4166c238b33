// The last flags first.

#include "../rules.h"

SEC("tc") __failure
__msg("cannot restore irq state out of order")
int out_of_order(struct __sk_buff *skb)
{
	unsigned long first, second;

	bpf_local_irq_save(&first);
	bpf_local_irq_save(&second);
	bpf_local_irq_restore(&first); // rejects: irq-order
	bpf_local_irq_restore(&second);
	return 0;
}

SEC("tc") __success
int in_order(struct __sk_buff *skb)
{
	unsigned long first, second;

	bpf_local_irq_save(&first);
	bpf_local_irq_save(&second);
	bpf_local_irq_restore(&second);
	bpf_local_irq_restore(&first);
	return 0;
}
