// The key is there, so an update with BPF_NOEXIST stores nothing, whatever it was computed from.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 1;
	__u64 *counter = bpf_map_lookup_elem(&counters, &key), next;

	if (!counter)
		return TC_ACT_OK;
	next = __sync_fetch_and_add(counter, 1) + 1;
	bpf_map_update_elem(&counters, &key, &next, BPF_NOEXIST);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 22
// reduced: count + count 13
