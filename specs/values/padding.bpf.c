// Four bytes behind the member are padding, which nobody's data is in: that two CPUs write to them is no race.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__u32 mark;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return TC_ACT_OK;
	*(volatile __u32 *)((char *)flow + sizeof(flow->mark)) = skb->len;
	__sync_fetch_and_add(&flow->bytes, skb->len);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 13
// reduced: packet + packet 6
