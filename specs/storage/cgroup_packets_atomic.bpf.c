// As cgroup_packets, but atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, __u64);
} packets SEC(".maps");

SEC("cgroup_skb/ingress")
int count(struct __sk_buff *skb)
{
	__u64 *seen = bpf_get_local_storage(&packets, 0);

	__sync_fetch_and_add(seen, 1);
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 6
