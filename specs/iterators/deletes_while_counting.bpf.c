// A walk deletes every flow that has been idle. A packet that has found its flow before still counts in it: nobody will
// read that.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} flows SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	__u64 *packets = bpf_map_lookup_elem(&flows, &key);

	if (packets)
		__sync_fetch_and_add(packets, 1); // expect: stale-element
	return TC_ACT_OK;
}

static long drop(void *map, __u32 *key, __u64 *packets, void *context)
{
	bpf_map_delete_elem(map, key); // allow: stale-element
	return 0;
}

SEC("tc")
int sweep(struct __sk_buff *skb)
{
	bpf_for_each_map_elem(&flows, drop, 0, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 28
// states: packet + sweep 167
// states: sweep + sweep 2605
// reduced: packet + packet 12
// reduced: packet + sweep 68
// reduced: sweep + sweep 554
