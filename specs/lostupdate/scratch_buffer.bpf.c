// A flow's record is too large for the stack, so it is copied into a per-CPU scratch buffer, changed there and written back:
// nobody else touches the buffer, and yet what is written back was computed from what the flow's record held before.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct record {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct record);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct record);
} scratch SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash, zero = 0;
	struct record *record = bpf_map_lookup_elem(&flows, &flow);
	struct record *copy = bpf_map_lookup_elem(&scratch, &zero);

	if (!record || !copy)
		return TC_ACT_OK;
	copy->packets = record->packets; // expect: lost-update
	copy->bytes = record->bytes; // expect: lost-update
	copy->packets++;
	copy->bytes += skb->len;
	bpf_map_update_elem(&flows, &flow, copy, BPF_ANY); // expect: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 286
// reduced: count + count 52
