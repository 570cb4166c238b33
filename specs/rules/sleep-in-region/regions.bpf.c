// What may sleep is not called in RCU read sections, or with preemption or interrupts off.

#include "../rules.h"

extern int bpf_copy_from_user_str(void *to, __u32 size, const void *from, __u64 flags) __ksym;

#define USER ((void *)8)

__noinline int sleeps(int a)
{
	int to = a;

	bpf_copy_from_user(&to, sizeof(to), USER);
	return to;
}

__noinline int calls_one_that_sleeps(int a)
{
	return sleeps(a) + 1;
}

static int copies(__u32 i, void *unused)
{
	int to;

	bpf_copy_from_user(&to, sizeof(to), USER);
	return 0;
}

__noinline int calls_back(int a)
{
	return bpf_loop(a & 3, copies, 0, 0);
}

__noinline int awake(int a)
{
	return a * bpf_get_prandom_u32();
}

SEC("syscall") __failure
__msg("sleepable helper bpf_copy_from_user#148 in rcu_read_lock region")
int helper_in_rcu(void *ctx)
{
	int to;

	bpf_rcu_read_lock();
	bpf_copy_from_user(&to, sizeof(to), USER); // rejects: sleep-in-region
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall") __failure
__msg("sleepable helper bpf_copy_from_user#148 in non-preemptible region")
int helper_without_preemption(void *ctx)
{
	int to;

	bpf_preempt_disable();
	bpf_copy_from_user(&to, sizeof(to), USER); // rejects: sleep-in-region
	bpf_preempt_enable();
	return 0;
}

SEC("syscall") __failure
__msg("kernel func bpf_copy_from_user_str is sleepable within IRQ-disabled region")
int function_without_interrupts(void *ctx)
{
	unsigned long flags;
	char to[4];

	bpf_local_irq_save(&flags);
	bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-region
	bpf_local_irq_restore(&flags);
	return 0;
}

// kernel 6.12: global_function_in_rcu accepts
// kernel 6.18: global_function_in_rcu rejects sleep-in-region
SEC("syscall") __failure
int global_function_in_rcu(void *ctx)
{
	bpf_rcu_read_lock();
	calls_one_that_sleeps(1); // rejects: sleep-in-region
	bpf_rcu_read_unlock();
	return 0;
}

SEC("syscall") __failure
int callback_without_preemption(void *ctx)
{
	bpf_preempt_disable();
	calls_back(1); // rejects: sleep-in-region
	bpf_preempt_enable();
	return 0;
}

// kernel 6.12: global_function_in_a_program_that_may_not rejects sleep-in-program
SEC("tc") __failure
int global_function_in_a_program_that_may_not(struct __sk_buff *skb)
{
	return sleeps(1); // rejects: sleep-in-region
}

SEC("syscall") __success
int after_the_regions(void *ctx)
{
	bpf_rcu_read_lock();
	bpf_rcu_read_unlock();
	bpf_preempt_disable();
	bpf_preempt_enable();
	calls_one_that_sleeps(1);
	return calls_back(1);
}

SEC("syscall") __success
int function_that_does_not_sleep(void *ctx)
{
	unsigned long flags;
	int r;

	bpf_local_irq_save(&flags);
	r = awake(3);
	bpf_local_irq_restore(&flags);
	return r;
}
