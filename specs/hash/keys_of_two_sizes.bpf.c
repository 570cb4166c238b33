// Two flows are known to one map by their hash as a __u32, and to another by the same hash as a __u64. Only of different flows
// can one be marked and the other not, so only then do both programs reach the total.
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
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, __u64);
} marked SEC(".maps");

__u64 total;

SEC("tc/ingress")
int count_unmarked(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 wide = flow;

	if (!bpf_map_lookup_elem(&flows, &flow) || bpf_map_lookup_elem(&marked, &wide))
		return TC_ACT_OK;
	__sync_fetch_and_add(&total, 1); // expect: data-race
	return TC_ACT_OK;
}

SEC("tc/egress")
int read_if_marked(struct __sk_buff *skb)
{
	__u32 flow = skb->hash;
	__u64 wide = flow;

	if (!bpf_map_lookup_elem(&flows, &flow) || !bpf_map_lookup_elem(&marked, &wide))
		return TC_ACT_OK;
	return total > 1000 ? TC_ACT_SHOT : TC_ACT_OK; // expect: data-race
}

char LICENSE[] SEC("license") = "GPL";

// states: count_unmarked + count_unmarked 95
// states: count_unmarked + read_if_marked 94
// states: read_if_marked + read_if_marked 89
// reduced: count_unmarked + count_unmarked 30
// reduced: count_unmarked + read_if_marked 50
// reduced: read_if_marked + read_if_marked 30
