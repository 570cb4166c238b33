// The callback of bpf_for_each_map_elem changes each value by an atomic operation.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

static long trim(void *map, __u32 *key, __u64 *value, void *ctx)
{
	__sync_fetch_and_and(value, 0xff);
	return 0;
}

SEC("tc")
int decay(struct __sk_buff *skb)
{
	bpf_for_each_map_elem(&counters, trim, 0, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: decay + decay 1252
// reduced: decay + decay 142
