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

// kernel 6.12: nested rejects rcu-balance
// kernel 6.18: nested rejects rcu-balance
SEC("tc") __success
int nested(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	bpf_rcu_read_unlock();
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} calls SEC(".maps");

// kernel 6.6: tail_call accepts
SEC("tc") __failure
__msg("tail_call cannot be used inside bpf_rcu_read_lock-ed region")
int tail_call(struct __sk_buff *skb)
{
	bpf_rcu_read_lock();
	bpf_tail_call(skb, &calls, 0); // rejects: rcu-balance
	bpf_rcu_read_unlock();
	return 0;
}

static __noinline int gives_up(struct __sk_buff *skb)
{
	if (skb->len > 64)
		bpf_throw(1); // rejects: rcu-balance
	return skb->mark;
}

SEC("tc") __failure
__msg("bpf_throw cannot be used inside bpf_rcu_read_lock-ed region")
int throws_in_a_function(struct __sk_buff *skb)
{
	int r;

	bpf_rcu_read_lock();
	r = gives_up(skb);
	bpf_rcu_read_unlock();
	return r;
}

static long leaves_it_open(__u32 round, void *context)
{
	bpf_rcu_read_lock();
	return 0;
}

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_rcu_read_lock-ed region")
int open_in_every_round(struct __sk_buff *skb)
{
	bpf_loop(10, leaves_it_open, 0, 0);
	return 0; // rejects: rcu-balance
}
