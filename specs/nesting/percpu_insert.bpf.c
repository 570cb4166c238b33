// The first event inserts 1. The packet that comes between the lookup and the update of the probe has inserted its own 1
// by then, and the probe overwrites it: the counters of a per-CPU hash map are shared by the runs of one CPU.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

SEC("kprobe/do_sys_open")
int opened(void *ctx)
{
	__u32 key = 0;
	__u64 one = 1;
	__u64 *val = bpf_map_lookup_elem(&events, &key); // expect: lost-update

	if (val) {
		__sync_fetch_and_add(val, 1);
		return 0;
	}
	bpf_map_update_elem(&events, &key, &one, BPF_ANY); // expect: lost-update
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *ctx)
{
	__u32 key = 0;
	__u64 one = 1;
	__u64 *val = bpf_map_lookup_elem(&events, &key); // expect: lost-update

	if (val) {
		__sync_fetch_and_add(val, 1);
		return 0;
	}
	bpf_map_update_elem(&events, &key, &one, BPF_ANY); // expect: lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 26
// states: opened + packet 26
// states: packet + packet 26
// states: opened < packet 39
// states: packet < opened 39
// states: opened < packet + opened < packet 1166
// states: packet < opened + packet < opened 1166
// reduced: opened + opened 19
// reduced: opened + packet 19
// reduced: packet + packet 19
// reduced: opened < packet 26
// reduced: packet < opened 26
// reduced: opened < packet + opened < packet 803
// reduced: packet < opened + packet < opened 809
