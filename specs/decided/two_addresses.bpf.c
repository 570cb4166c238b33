// Two keys have two elements, and their addresses are never equal; the same key's are, whatever has become of the element meanwhile.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} flows SEC(".maps");

__u64 never;

SEC("tc")
int compare(struct __sk_buff *skb)
{
	__u32 one = 1, two = 2;
	__u64 *first = bpf_map_lookup_elem(&flows, &one);
	__u64 *second = bpf_map_lookup_elem(&flows, &two);
	__u64 *again = first;

	if (!first || !second)
		return TC_ACT_OK;
	if (first == second)
		never = 1;
	asm volatile("" : "+r"(again));
	bpf_map_delete_elem(&flows, &one);
	if (again != first)
		never = 2;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: compare + compare 37
// reduced: compare + compare 21
