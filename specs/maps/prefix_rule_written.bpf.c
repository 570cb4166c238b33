// A rule that is found by the longest prefix counts its packets itself. Two addresses may find one rule, which is not followed: no verdict.
//
// verdict: INCONCLUSIVE

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct prefix {
	__u32 length;
	__u32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct prefix);
	__type(value, __u32);
} allowed SEC(".maps");

SEC("tc")
int filter(struct __sk_buff *skb)
{
	struct prefix key = {32, skb->mark};
	__u32 *rule = bpf_map_lookup_elem(&allowed, &key);

	if (!rule || !*rule)
		return 2;
	++*rule;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: filter + filter 9
// reduced: filter + filter 6
