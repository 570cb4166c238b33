// What may sleep is called by sleepable programs, and by the callbacks of work items.

#include "../rules.h"

struct bpf_wq {
	__u64 opaque[2];
} __attribute__((aligned(8)));

extern int bpf_copy_from_user_str(void *to, __u32 size, const void *from, __u64 flags) __ksym;
extern int bpf_wq_init(struct bpf_wq *wq, void *map, unsigned int flags) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
extern int bpf_wq_set_callback_impl(struct bpf_wq *wq, int(callback)(void *map, int *key, void *value), unsigned int flags,
				    void *aux) __ksym;

#define USER ((void *)8)

struct timed {
	struct bpf_timer timer;
};

struct worked {
	struct bpf_wq work;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timed);
} timers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct worked);
} works SEC(".maps");

const volatile int never = 0;

// Judged where a call of it is reached, by the program that calls it.
__noinline int sleeps(int a)
{
	char to[4];

	bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-program
	return to[0] + a;
}

static __noinline int copies(int a)
{
	int to;

	bpf_copy_from_user(&to, sizeof(to), USER); // rejects: sleep-in-program
	return to + a;
}

static int round(__u32 i, void *unused)
{
	char to[4];

	bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-program
	return 0;
}

static int expires(void *map, int *key, void *value)
{
	int to;

	bpf_copy_from_user(&to, sizeof(to), USER); // rejects: sleep-in-program
	return 0;
}

static int works_in_a_task(void *map, int *key, void *value)
{
	char to[4];

	bpf_copy_from_user_str(to, sizeof(to), USER, 0);
	return 0;
}

static int works_in_a_read_section(void *map, int *key, void *value)
{
	char to[4];

	bpf_rcu_read_lock();
	bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-region
	bpf_rcu_read_unlock();
	return 0;
}

static int works_through_a_global_function(void *map, int *key, void *value)
{
	return sleeps(1) & 0;
}

static __always_inline int arm(int(callback)(void *map, int *key, void *value))
{
	__u32 key = 0;
	struct timed *t = bpf_map_lookup_elem(&timers, &key);

	if (!t)
		return 0;
	bpf_timer_init(&t->timer, &timers, 1);
	bpf_timer_set_callback(&t->timer, callback);
	return 0;
}

static __always_inline int hand_over(int(callback)(void *map, int *key, void *value))
{
	__u32 key = 0;
	struct worked *w = bpf_map_lookup_elem(&works, &key);

	if (!w)
		return 0;
	bpf_wq_init(&w->work, &works, 0);
	bpf_wq_set_callback_impl(&w->work, callback, 0, 0);
	return 0;
}

// kernel 6.1: helper_in_tc rejects sleep-in-program
// kernel 5.1: helper_in_tc accepts
SEC("tc") __failure
__msg("helper call might sleep in a non-sleepable prog")
int helper_in_tc(struct __sk_buff *skb)
{
	int to;

	return bpf_copy_from_user(&to, sizeof(to), USER); // rejects: sleep-in-program
}

SEC("uprobe") __failure
__msg("helper call might sleep in a non-sleepable prog")
int helper_in_a_uprobe(void *ctx)
{
	return copies(1);
}

SEC("uprobe.s") __success
int helper_in_a_sleepable_uprobe(void *ctx)
{
	return copies(1);
}

SEC("iter/task") __failure
__msg("helper call might sleep in a non-sleepable prog")
int helper_in_an_iterator(void *ctx)
{
	return copies(1) & 0;
}

SEC("iter.s/task") __success
int helper_in_a_sleepable_iterator(void *ctx)
{
	return copies(1) & 0;
}

SEC("tc") __failure
__msg("program of this type cannot use helper bpf_sys_close#168")
int helper_of_another_type(struct __sk_buff *skb)
{
	return bpf_sys_close(100); // rejects: sleep-in-program
}

SEC("tc") __failure
__msg("program must be sleepable to call sleepable kfunc bpf_copy_from_user_str")
int function_in_tc(struct __sk_buff *skb)
{
	char to[4];

	return bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-program
}

// The program comes before the region.
SEC("tc") __failure
__msg("program must be sleepable to call sleepable kfunc bpf_copy_from_user_str")
int function_in_tc_in_a_read_section(struct __sk_buff *skb)
{
	char to[4];

	bpf_rcu_read_lock();
	bpf_copy_from_user_str(to, sizeof(to), USER, 0); // rejects: sleep-in-program
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tc") __failure
__msg("program must be sleepable to call sleepable kfunc bpf_copy_from_user_str")
int loop_in_tc(struct __sk_buff *skb)
{
	return bpf_loop(3, round, 0, 0);
}

SEC("syscall") __success
int loop_in_a_syscall(void *ctx)
{
	return bpf_loop(3, round, 0, 0);
}

// kernel 6.6: never_called rejects sleep-in-program
SEC("tc") __success
int never_called(struct __sk_buff *skb)
{
	return never ? sleeps(1) : 0;
}

SEC("tc") __failure
__msg("helper call might sleep in a non-sleepable prog")
int timer_in_tc(struct __sk_buff *skb)
{
	return arm(expires);
}

// kernel 6.12: timer_in_a_syscall accepts
SEC("syscall") __failure
__msg("helper call might sleep in a non-sleepable prog")
int timer_in_a_syscall(void *ctx)
{
	return arm(expires);
}

SEC("tc") __success
int work_in_tc(struct __sk_buff *skb)
{
	return hand_over(works_in_a_task);
}

SEC("tc") __failure
__msg("kernel func bpf_copy_from_user_str is sleepable within rcu_read_lock region")
int work_in_tc_in_a_read_section(struct __sk_buff *skb)
{
	return hand_over(works_in_a_read_section);
}

// The work item may sleep. The global function is judged for itself, as a part of a program that may not.
SEC("tc") __failure
__msg("program must be sleepable to call sleepable kfunc bpf_copy_from_user_str")
int work_in_tc_with_a_global_function(struct __sk_buff *skb)
{
	return hand_over(works_through_a_global_function);
}

SEC("syscall") __success
int work_in_a_syscall(void *ctx)
{
	return hand_over(works_through_a_global_function);
}
