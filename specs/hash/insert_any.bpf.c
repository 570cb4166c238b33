// Insert and look up again, but with BPF_ANY: the late inserter replaces the element that the other CPU has
// already counted in, or is about to.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 zero = 0;
	__u64 *val = bpf_map_lookup_elem(&packets, &flow); // allow: lost-update

	if (!val) {
		bpf_map_update_elem(&packets, &flow, &zero, BPF_ANY); // expect: stale-element; allow: lost-update
		val = bpf_map_lookup_elem(&packets, &flow);
		if (!val)
			return TC_ACT_OK;
	}
	__sync_fetch_and_add(val, 1); // expect: stale-element; allow: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 221
// reduced: count + count 56
