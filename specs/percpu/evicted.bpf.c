// An insertion into a full LRU map takes the element of another key, on all CPUs at once, also where one of them counts in it.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} flows SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	__u64 one = 1, *packets = bpf_map_lookup_elem(&flows, &key);

	if (packets)
		*packets += 1; // expect: stale-element
	else
		bpf_map_update_elem(&flows, &key, &one, BPF_NOEXIST); // expect: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 275
// reduced: count + count 195
