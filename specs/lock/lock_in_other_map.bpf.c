// The lock lives in one map, what it guards in another: the kernel does not ask for more.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct guard {
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct guard);
} guards SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("xdp")
int count(struct xdp_md *ctx)
{
	__u32 key = 0;
	struct guard *guard = bpf_map_lookup_elem(&guards, &key);
	__u64 *packets = bpf_map_lookup_elem(&counters, &key);

	if (!guard || !packets)
		return XDP_PASS;
	bpf_spin_lock(&guard->lock);
	(*packets)++;
	bpf_spin_unlock(&guard->lock);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 3
