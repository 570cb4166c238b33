// One attempt of compare-and-exchange on a value read plainly: the read races, but no update is lost, because
// the exchange fails when another CPU was faster.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LIMIT 1000

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&counters, &key);
	__u64 seen;

	if (!val)
		return TC_ACT_OK;
	seen = *val; // expect: data-race
	if (seen < LIMIT)
		__sync_bool_compare_and_swap(val, seen, seen + 1); // expect: data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 18
// reduced: count + count 11
