// Loops over what the kernel hands out one by one are not followed round by round: a round that changes nothing ends the walk of the verifier.

#include "../rules.h"

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));

struct bpf_iter_task {
	__u64 opaque[3];
} __attribute__((aligned(8)));

struct bpf_iter_bits {
	__u64 opaque[2];
} __attribute__((aligned(8)));

extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned int flags) __ksym;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym;
extern int bpf_iter_bits_new(struct bpf_iter_bits *it, const __u64 *unsafe_ptr__ign, __u32 nr_words) __ksym;
extern int *bpf_iter_bits_next(struct bpf_iter_bits *it) __ksym;
extern void bpf_iter_bits_destroy(struct bpf_iter_bits *it) __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;

struct elems elems SEC(".maps");

int found;

SEC("raw_tp/sys_enter") __success
int tasks(void *ctx)
{
	struct bpf_iter_task it;
	struct task_struct *t;

	bpf_rcu_read_lock();
	bpf_iter_task_new(&it, 0, 0);
	while ((t = bpf_iter_task_next(&it)))
		if (t->pid == 7)
			found = 1;
	bpf_iter_task_destroy(&it);
	bpf_rcu_read_unlock();
	return 0;
}

SEC("tc") __success
int bits(struct __sk_buff *skb)
{
	__u64 words = skb->mark;
	struct bpf_iter_bits it;
	int *bit;

	bpf_iter_bits_new(&it, &words, 1);
	while ((bit = bpf_iter_bits_next(&it)))
		if (*bit == 3)
			found = 1;
	bpf_iter_bits_destroy(&it);
	return 0;
}

SEC("tc") __failure
__msg("function calls are not allowed while holding a lock")
int bits_under_the_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 words = skb->mark;
	struct bpf_iter_bits it;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);
	int *bit;

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_iter_bits_new(&it, &words, 1); // rejects: calls-under-lock
	while ((bit = bpf_iter_bits_next(&it)))
		e->cnt++;
	bpf_spin_unlock(&e->lock);
	bpf_iter_bits_destroy(&it);
	return 0;
}
