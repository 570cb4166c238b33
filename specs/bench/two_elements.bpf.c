// Benchmark: N CPUs, each picks one of two elements by an unknown key and increments two fields under its lock.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct pair {
	struct bpf_spin_lock lock;
	__u32 a;
	__u32 b;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct pair);
} pairs SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = bpf_get_prandom_u32() & 1;
	struct pair *pair = bpf_map_lookup_elem(&pairs, &key);

	if (!pair)
		return TC_ACT_OK;
	bpf_spin_lock(&pair->lock);
	pair->a++;
	pair->b++;
	bpf_spin_unlock(&pair->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 174
// reduced: count + count 9
