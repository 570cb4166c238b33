// A per-CPU counter is shared after all: by the runs that interrupt each other on its CPU. A packet comes in between
// the load and the store of the task, and is not counted.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
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
		(*val)++; // expect: lost-update, data-race
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++; // expect: lost-update, data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 9
// states: opened + packet 9
// states: packet + packet 9
// states: opened < packet 18
// states: packet < opened 18
// states: opened < packet + opened < packet 324
// states: packet < opened + packet < opened 324
// reduced: opened + opened 2
// reduced: opened + packet 2
// reduced: packet + packet 2
// reduced: opened < packet 8
// reduced: packet < opened 8
// reduced: opened < packet + opened < packet 43
// reduced: packet < opened + packet < opened 43
