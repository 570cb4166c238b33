// Nothing sleeps under a lock; sleepable programs may use locks since Linux 6.6.
//
// kernel 6.1: after rejects sleepable-program
// kernel 6.6: after accepts

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("fentry.s/bpf_testmod_test_read") __failure
__msg("function calls are not allowed while holding a lock")
int inside(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	bpf_copy_from_user(&key, sizeof(key), 0); // rejects: sleep-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("fentry.s/bpf_testmod_test_read") __success
int after(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	bpf_copy_from_user(&key, sizeof(key), 0);
	return 0;
}
