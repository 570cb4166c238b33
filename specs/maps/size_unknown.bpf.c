// How many entries the array has is the loader's choice: it may have one with this index.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 5;
	__u64 *n = bpf_map_lookup_elem(&counts, &key);

	if (n)
		*n += 1; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 11
