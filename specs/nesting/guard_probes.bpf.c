// Kprobes, tracepoints and perf events share one guard against recursion on each CPU: while one of them runs, the others are
// skipped, so none of them finds the counter in the middle of an increment. percpu_counter without this guard is wrong.
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

SEC("kprobe/do_sys_open")
int opened(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++;
	return 0;
}

SEC("tracepoint/irq/irq_handler_entry")
int interrupted(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++;
	return 0;
}

SEC("perf_event")
int sampled(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 9
// states: opened + interrupted 9
// states: opened + sampled 9
// states: interrupted + interrupted 9
// states: interrupted + sampled 9
// states: sampled + sampled 9
// reduced: opened + opened 2
// reduced: opened + interrupted 2
// reduced: opened + sampled 2
// reduced: interrupted + interrupted 2
// reduced: interrupted + sampled 2
// reduced: sampled + sampled 2
