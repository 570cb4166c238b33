// A tracing program never comes on top of itself: each fentry program has a guard of its own on each CPU.
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

SEC("fentry/do_sys_open")
int opened(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 9
// reduced: opened + opened 2
