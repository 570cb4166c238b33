// The key is the number of the process, which its threads share: two of them run on two CPUs.
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
	__u32 process = bpf_get_current_pid_tgid() >> 32;
	__u64 *count = bpf_map_lookup_elem(&calls, &process);

	if (count)
		*count += 1; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: enter + enter 52
// reduced: enter + enter 15
