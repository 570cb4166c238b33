// Two reads of a limit are kept in the packet's control block and compared there: they differ when the other program has set
// the limit in between.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} limits SEC(".maps");

__u64 changes;

SEC("tc/ingress")
int compare(struct __sk_buff *skb)
{
	volatile __u32 *kept = skb->cb;
	__u32 key = 0;
	__u32 *limit = bpf_map_lookup_elem(&limits, &key);

	if (!limit)
		return TC_ACT_OK;
	kept[0] = __sync_fetch_and_or(limit, 0);
	kept[1] = __sync_fetch_and_or(limit, 0);
	if (kept[0] != kept[1])
		__sync_fetch_and_add(&changes, 1); // expect: data-race
	return TC_ACT_OK;
}

SEC("tc/egress")
int set(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u32 *limit = bpf_map_lookup_elem(&limits, &key);

	if (!limit)
		return TC_ACT_OK;
	__sync_lock_test_and_set(limit, 100);
	return changes > 1000 ? TC_ACT_SHOT : TC_ACT_OK; // expect: data-race
}

char LICENSE[] SEC("license") = "GPL";

// states: compare + compare 12
// states: compare + set 15
// states: set + set 9
// reduced: compare + compare 6
// reduced: compare + set 11
// reduced: set + set 4
