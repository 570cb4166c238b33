// Counts per CPU, then adds up the counters of the first two CPUs, one of which is not its own.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LIMIT 1000

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
	__u64 *val = bpf_map_lookup_elem(&counters, &key), sum = 0;
	__u32 cpu;

	if (val)
		(*val)++; // expect: data-race
	for (cpu = 0; cpu < 2; cpu++) {
		val = bpf_map_lookup_percpu_elem(&counters, &key, cpu);
		if (val)
			sum += *val; // expect: data-race
	}
	if (sum > LIMIT)
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 21
