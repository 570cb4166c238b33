// Each clock has an order of its own: here the coarse one and that of atomic time are read before the lock, too early.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct gap {
	struct bpf_spin_lock lock;
	__u64 coarse;
	__u64 tai;
	__u64 longest;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct gap);
} gaps SEC(".maps");

SEC("tc/ingress")
int coarse(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct gap *g = bpf_map_lookup_elem(&gaps, &key);
	__u64 now = bpf_ktime_get_coarse_ns(); // expect: clock-order

	if (!g)
		return 0;
	bpf_spin_lock(&g->lock);
	if (now - g->coarse > g->longest) // expect: clock-order
		g->longest = 1;
	g->coarse = now;
	bpf_spin_unlock(&g->lock);
	return 0;
}

SEC("tc/egress")
int tai(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct gap *g = bpf_map_lookup_elem(&gaps, &key);
	__u64 now = bpf_ktime_get_tai_ns(); // expect: clock-order

	if (!g)
		return 0;
	bpf_spin_lock(&g->lock);
	if (now - g->tai > g->longest) // expect: clock-order
		g->longest = 1;
	g->tai = now;
	bpf_spin_unlock(&g->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: coarse + coarse 111
// states: coarse + tai 62
// states: tai + tai 111
// reduced: coarse + coarse 34
// reduced: coarse + tai 38
// reduced: tai + tai 34
