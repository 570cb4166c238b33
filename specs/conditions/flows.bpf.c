// Packets are counted by flow: a key of twelve bytes with an address in bytes, a port and an interface's name. The key is made of
// the packet's mark alone, so that a scenario can say which element a run counts in.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__u8 addr[4];
	struct {
		__u16 source;
		__u16 dest;
	} port;
	char name[4];
};

struct count {
	struct bpf_spin_lock lock;
	__u32 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct flow);
	__type(value, struct count);
} flows SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	struct flow flow = { .addr = { 10, 0, 0, 1 }, .port.dest = skb->mark, .name = "eth" };
	struct count *count = bpf_map_lookup_elem(&flows, &flow);

	if (!count)
		return TC_ACT_OK;
	bpf_spin_lock(&count->lock);
	count->packets++;
	bpf_spin_unlock(&count->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 98
// reduced: count + count 12
