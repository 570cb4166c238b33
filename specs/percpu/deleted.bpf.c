// A counter for each CPU needs no lock, but its key can go away under it: what is counted on any CPU after the deletion is lost.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} flows SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	__u64 *packets = bpf_map_lookup_elem(&flows, &key);

	if (packets)
		*packets += 1; // expect: stale-element
	return 0;
}

SEC("tc")
int drop(struct __sk_buff *skb)
{
	__u32 key = skb->hash;

	bpf_map_delete_elem(&flows, &key); // expect: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 50
// states: count + drop 28
// states: drop + drop 14
// reduced: count + count 13
// reduced: count + drop 25
// reduced: drop + drop 14
