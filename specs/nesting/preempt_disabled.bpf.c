// The right form of preempted: no other task comes in between.
//
// options: --preempt
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern void bpf_preempt_disable(void) __ksym;
extern void bpf_preempt_enable(void) __ksym;

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

	if (!val)
		return 1;
	bpf_preempt_disable();
	(*val)++;
	bpf_preempt_enable();
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 9
// states: connecting < connecting 18
// states: connecting < connecting + connecting < connecting 324
// reduced: connecting + connecting 2
// reduced: connecting < connecting 6
// reduced: connecting < connecting + connecting < connecting 29
