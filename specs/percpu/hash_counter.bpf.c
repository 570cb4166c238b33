// A per-CPU counter that is inserted at the first packet. An update from a program writes the value of its
// own CPU only, so two CPUs that both insert do not lose a count, not even with BPF_ANY.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
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
		(*val)++;
	else
		bpf_map_update_elem(&packets, &flow, &one, BPF_ANY);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 108
// reduced: count + count 76
