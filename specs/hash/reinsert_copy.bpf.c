// An element is inserted again as a copy of itself, to move it to the front of its bucket. The copy is read
// without a lock, and a count that comes after it goes to the old element.
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
} packets SEC(".maps");

SEC("tc/ingress")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val)
		__sync_fetch_and_add(val, 1); // expect: data-race, stale-element; allow: lost-update
	return TC_ACT_OK;
}

SEC("tc/egress")
int refresh(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val)
		bpf_map_update_elem(&packets, &flow, val, BPF_EXIST); // expect: data-race, stale-element; allow: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// states: count + refresh 42
// states: refresh + refresh 59
// reduced: count + count 12
// reduced: count + refresh 26
// reduced: refresh + refresh 23
