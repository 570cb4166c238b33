// What the kernel provides: functions, variables with and without a type, configuration values.
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

struct task_struct;
struct rq { int cpu; };

extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern const void bpf_prog_active __ksym;
extern const struct rq runqueues __ksym;
extern int LINUX_KERNEL_VERSION __kconfig;
extern bool CONFIG_PREEMPT __kconfig __weak;
extern char CONFIG_HOSTNAME[16] __kconfig;
extern unsigned long CONFIG_HZ __kconfig;

__u64 addresses[2];

SEC("tp_btf/task_newtask")
int newtask(__u64 *ctx)
{
	struct task_struct *task = (void *)ctx[0];

	bpf_rcu_read_lock();
	if (LINUX_KERNEL_VERSION > 0x60000 && CONFIG_PREEMPT && bpf_task_release) {
		task = bpf_task_acquire(task);
		if (task)
			bpf_task_release(task);
	}
	bpf_rcu_read_unlock();
	addresses[0] = (__u64)&bpf_prog_active;
	addresses[1] = (__u64)&runqueues + CONFIG_HOSTNAME[3] + CONFIG_HZ;
	return 0;
}

char _license[] SEC("license") = "GPL";
