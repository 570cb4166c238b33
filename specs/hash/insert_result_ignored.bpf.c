// BPF_NOEXIST lets only one of two CPUs insert, but the other one ignores that it failed and counts nothing.
//
// options: --property atomicity
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

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 one = 1;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow);

	if (val)
		__sync_fetch_and_add(val, 1);
	else
		bpf_map_update_elem(&packets, &flow, &one, BPF_NOEXIST); // expect: atomicity
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 72
// reduced: count + count 30
