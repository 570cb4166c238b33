// User space replaces the inner map by one whose values have their lock elsewhere: a program that was verified against the first one takes
// some other bytes for the lock, and counts together with one that knows the second map.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct stats {
	struct bpf_spin_lock lock;
	__u32 packets;
	__u64 bytes;
};

struct errors_first {
	__u32 errors;
	__u32 packets;
	struct bpf_spin_lock lock;
	__u32 drops;
};

struct table {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct stats);
} first SEC(".maps"), alike SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct errors_first);
} second SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct table);
} tables SEC(".maps") = {
	.values = { &first },
};

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	void *table = bpf_map_lookup_elem(&tables, &key);
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

SEC("tc")
int count_in_second(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct errors_first *s = bpf_map_lookup_elem(&second, &key);

	if (!s)
		return TC_ACT_OK;
	bpf_spin_lock(&s->lock);
	s->packets++;
	bpf_spin_unlock(&s->lock);
	return TC_ACT_OK;
}

SEC("tc")
int count_in_alike(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct stats *s = bpf_map_lookup_elem(&alike, &key);

	if (!s)
		return TC_ACT_OK;
	bpf_spin_lock(&s->lock);
	s->packets++;
	bpf_spin_unlock(&s->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
