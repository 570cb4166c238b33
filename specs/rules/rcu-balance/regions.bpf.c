// What is opened is closed.

#include "../rules.h"

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_rcu_read_lock-ed region")
int left_open(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	if (skb->len > 64)
		return 1;
	bpf_rcu_read_unlock();
	return 0;
} // rejects: rcu-balance

SEC("tc") __failure
__msg("unmatched rcu read unlock")
int not_open(struct __sk_buff *skb)
{
	bpf_rcu_read_unlock(); // rejects: rcu-balance
	return 0;
}

SEC("tc") __success
int nested(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	bpf_rcu_read_unlock();
	return 0;
}
