// A packet ends the flow while the task below it is about to count in it.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} flows SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&flows, &key);

	if (val)
		__sync_fetch_and_add(val, 1); // expect: stale-element
	return 1;
}

SEC("tc")
int packet(struct __sk_buff *ctx)
{
	__u32 key = 0;

	bpf_map_delete_elem(&flows, &key); // expect: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 12
// states: connecting + packet 10
// states: packet + packet 8
// states: connecting < packet 18
// states: connecting < packet + connecting < packet 293
// reduced: connecting + connecting 6
// reduced: connecting + packet 10
// reduced: packet + packet 5
// reduced: connecting < packet 15
// reduced: connecting < packet + connecting < packet 106
