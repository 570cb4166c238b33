// Two tasks on one CPU: programs stay on their CPU (migration is disabled), but a kernel with CONFIG_PREEMPT_RCU lets another
// task, and its program, run in between. Without --preempt the programs of tasks have the CPU to themselves (not_preempted).
//
// options: --preempt
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++; // expect: lost-update, data-race
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 9
// states: connecting < connecting 18
// states: connecting < connecting + connecting < connecting 324
// reduced: connecting + connecting 2
// reduced: connecting < connecting 8
// reduced: connecting < connecting + connecting < connecting 43
