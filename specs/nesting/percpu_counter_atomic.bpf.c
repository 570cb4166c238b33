// The right form of percpu_counter: an atomic add is one step for interrupts too.
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
		__sync_fetch_and_add(val, 1);
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		__sync_fetch_and_add(val, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 4
// states: opened + packet 4
// states: packet + packet 4
// states: opened < packet 9
// states: packet < opened 9
// states: opened < packet + opened < packet 81
// states: packet < opened + packet < opened 81
// reduced: opened + opened 2
// reduced: opened + packet 2
// reduced: packet + packet 2
// reduced: opened < packet 6
// reduced: packet < opened 6
// reduced: opened < packet + opened < packet 19
// reduced: packet < opened + packet < opened 19
