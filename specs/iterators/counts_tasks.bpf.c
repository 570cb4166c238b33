// How many tasks there are nobody knows: the loop counts them in a register, and the counter in memory is changed atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));

struct bpf_iter_task {
	__u64 opaque[3];
} __attribute__((aligned(8)));

extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned int flags) __ksym;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

__u64 seen;

SEC("raw_tp/sys_enter")
int count(void *ctx)
{
	struct bpf_iter_task it;
	struct task_struct *t;
	__u32 tasks = 0;

	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, 0, 0);
	while ((t = bpf_iter_task_next(&it)))
		tasks++;
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	__sync_fetch_and_add(&seen, tasks);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 280
// reduced: count + count 54
