/* What the samples of resilient locks share: the lock, and the kernel functions that take and release it (Linux 6.15). */
#ifndef RESILIENT_H
#define RESILIENT_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct bpf_res_spin_lock {
	__u32 val;
};

extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym;
extern int bpf_res_spin_lock_irqsave(struct bpf_res_spin_lock *lock, unsigned long *flags) __ksym;
extern void bpf_res_spin_unlock_irqrestore(struct bpf_res_spin_lock *lock, unsigned long *flags) __ksym;

struct account {
	struct bpf_res_spin_lock lock;
	__u32 cnt;
	__u64 sum;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct account);
} accounts SEC(".maps");

/* The element with this index; the verifier knows that it is there. */
static __always_inline struct account *account(__u32 index)
{
	return bpf_map_lookup_elem(&accounts, &index);
}

#endif
