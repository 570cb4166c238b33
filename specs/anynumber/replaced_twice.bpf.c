// Of a hash map that has all its elements from the start, a key that is updated gets another element, and its old one is
// what the CPU's next update takes. A reader that has looked the key up before keeps the old one: the first update leaves
// it as it is, the second one gives it to another key. Two CPUs with one run each never come that far.
//
// verdict: VIOLATED
// options: --cpus any

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} limits SEC(".maps");

SEC("tc/egress")
int limit(struct __sk_buff *skb)
{
	__u32 key = skb->ifindex;
	__u64 *most = bpf_map_lookup_elem(&limits, &key);

	return most && skb->len > *most; // expect: stale-element
}

SEC("tc/ingress")
int set(struct __sk_buff *skb)
{
	__u32 key = skb->ifindex;
	__u64 most = skb->mark;

	bpf_map_update_elem(&limits, &key, &most, BPF_EXIST); // allow: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: limit + limit 313
// states: limit + set 450
// states: set + set 465
// reduced: limit + limit 64
// reduced: limit + set 187
// reduced: set + set 106
