// A probe that fires in an interrupt sees the thread that the interrupt has come on top of, and counts in the same element.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} calls SEC(".maps");

SEC("tp/syscalls/sys_enter_read")
int enter(void *ctx)
{
	__u32 thread = bpf_get_current_pid_tgid();
	__u64 *count = bpf_map_lookup_elem(&calls, &thread);

	if (count)
		*count += 1; // expect: data-race, lost-update
	return 0;
}

SEC("perf_event")
int sample(void *ctx)
{
	__u32 thread = bpf_get_current_pid_tgid();
	__u64 *count = bpf_map_lookup_elem(&calls, &thread);

	if (count)
		*count += 1; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: enter + enter 45
// states: enter + sample 52
// states: sample + sample 52
// states: enter < sample 54
// states: enter < sample + enter < sample 12789
// reduced: enter + enter 9
// reduced: enter + sample 20
// reduced: sample + sample 15
// reduced: enter < sample 31
// reduced: enter < sample + enter < sample 1044
