// A table of two tables; the packet decides which of them it counts in, under the lock of the inner element.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct stats {
	struct bpf_spin_lock lock;
	__u32 packets;
};

struct table {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct stats);
} ipv4 SEC(".maps"), ipv6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct table);
} tables SEC(".maps") = {
	.values = { &ipv4, &ipv6 },
};

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 family = skb->mark & 1, key = 0;
	struct table *table = bpf_map_lookup_elem(&tables, &family);
	struct stats *s;

	if (!table)
		return TC_ACT_OK;
	s = bpf_map_lookup_elem(table, &key);
	if (!s)
		return TC_ACT_OK;
	bpf_spin_lock(&s->lock);
	s->packets++;
	bpf_spin_unlock(&s->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 102
// reduced: count + count 43
