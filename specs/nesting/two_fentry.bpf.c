// The guard of guard_program is per program: two fentry programs do come on top of each other.
//
// verdict: VIOLATED

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
		(*val)++; // expect: lost-update, data-race
	return 0;
}

SEC("fentry/do_sys_close")
int closed(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++; // expect: lost-update, data-race
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 9
// states: opened + closed 9
// states: closed + closed 9
// states: opened < closed 18
// states: closed < opened 18
// states: opened < closed + opened < closed 324
// states: closed < opened + closed < opened 324
// reduced: opened + opened 2
// reduced: opened + closed 2
// reduced: closed + closed 2
// reduced: opened < closed 8
// reduced: closed < opened 8
// reduced: opened < closed + opened < closed 43
// reduced: closed < opened + closed < opened 43
