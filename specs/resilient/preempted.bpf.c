// Preemption is off while the lock is owned, so a task that comes on top of another finds what both share as it should be;
// before the lock it is not.
//
// verdict: VIOLATED
// options: --preempt

#include "resilient.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} scratch SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 zero = 0, one = 1;
	struct account *a = account(0);
	__u64 *before = bpf_map_lookup_elem(&scratch, &zero), *inside = bpf_map_lookup_elem(&scratch, &one);

	if (!a || !before || !inside)
		return 1;
	(*before)++; // expect: data-race, lost-update
	if (bpf_res_spin_lock(&a->lock))
		return 1;
	(*inside)++;
	bpf_res_spin_unlock(&a->lock);
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 48
// states: connecting < connecting 52
// states: connecting < connecting + connecting < connecting 3392
// reduced: connecting + connecting 22
// reduced: connecting < connecting 10
// reduced: connecting < connecting + connecting < connecting 897
