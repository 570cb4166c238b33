// The wrong form of counts_tasks: the counter in memory is changed by a load and a store.
//
// verdict: VIOLATED
// possible: the search with all conditions known reached a limit

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
	seen += tasks; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 744
// reduced: count + count 162
