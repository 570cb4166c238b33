// Tasks that preempt each other share a per-CPU ring of four slots. Each moves the position on atomically and writes the slot that
// the addition gave it: one number and the next are different slots.
//
// options: --preempt
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct ring {
	__u64 slot[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ring);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} positions SEC(".maps");

SEC("lsm/file_open")
int opened(void *ctx)
{
	__u32 zero = 0;
	__u32 *position = bpf_map_lookup_elem(&positions, &zero);
	struct ring *ring = bpf_map_lookup_elem(&rings, &zero);

	if (position && ring)
		ring->slot[__sync_fetch_and_add(position, 1) & 3] = bpf_ktime_get_ns();
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 165
// states: opened < opened 145
// states: opened < opened + opened < opened 90790
// reduced: opened + opened 32
// reduced: opened < opened 114
// reduced: opened < opened + opened < opened 10993
