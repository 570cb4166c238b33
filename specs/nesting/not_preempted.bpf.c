// preempted on a kernel without CONFIG_PREEMPT_RCU.
//
// verdict: HOLDS

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
		(*val)++;
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 9
// reduced: connecting + connecting 2
