// Two CPUs cannot go wrong here, three can: while one holds the counter of a flow, another one deletes it, and
// the third inserts a flow that gets the same element. The first reads the count of a stranger.
//
// options: --cpus 3
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define QUOTA 1000

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

SEC("tc/ingress")
int police(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val && *val > QUOTA) // expect: stale-element; allow: data-race
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc/egress")
int learn(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 zero = 0;

	bpf_map_update_elem(&packets, &flow, &zero, BPF_NOEXIST); // expect: stale-element; allow: data-race
	return TC_ACT_OK;
}

SEC("tc/egress")
int forget(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;

	bpf_map_delete_elem(&packets, &flow); // allow: stale-element
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: police + police + police 202
// states: police + police + learn 202
// states: police + police + forget 165
// states: police + learn + learn 181
// states: police + learn + forget 195
// states: police + forget + forget 126
// states: learn + learn + learn 151
// states: learn + learn + forget 184
// states: learn + forget + forget 137
// states: forget + forget + forget 65
// reduced: police + police + police 27
// reduced: police + police + learn 67
// reduced: police + police + forget 52
// reduced: police + learn + learn 61
// reduced: police + learn + forget 111
// reduced: police + forget + forget 49
// reduced: learn + learn + learn 39
// reduced: learn + learn + forget 79
// reduced: learn + forget + forget 65
// reduced: forget + forget + forget 22
