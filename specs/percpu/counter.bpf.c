// A plain increment of a per-CPU counter. Nothing that interrupts a tc program on its CPU runs this one.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&counters, &key);

	if (val)
		(*val)++;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 9
// reduced: count + count 2
