// The right form of replaced_twice: the value is stored where it is.
//
// verdict: HOLDS
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

	return most && skb->len > __sync_fetch_and_add(most, 0);
}

SEC("tc/ingress")
int set(struct __sk_buff *skb)
{
	__u32 key = skb->ifindex;
	__u64 *most = bpf_map_lookup_elem(&limits, &key);

	if (most)
		__sync_lock_test_and_set(most, skb->mark);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: any number of CPUs 22
// reduced: any number of CPUs 22
