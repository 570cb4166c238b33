// A map of one entry never holds two keys: the second insertion fails, and the plain store behind it is never reached.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} owners SEC(".maps");

__u64 both;

SEC("tc")
int claim(struct __sk_buff *skb)
{
	__u32 first = 0, second = 1;
	__u64 owner = 0;

	if (bpf_map_update_elem(&owners, &first, &owner, BPF_ANY) == 0 && bpf_map_update_elem(&owners, &second, &owner, BPF_ANY) == 0)
		both = 1;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: claim + claim 29
// reduced: claim + claim 14
