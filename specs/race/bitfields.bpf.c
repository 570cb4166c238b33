// As different_fields, but the fields are bit fields of one byte: each write rewrites its neighbour.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

enum { SEEN, DROPPED };

struct guard {
	struct bpf_spin_lock lock;
};

struct flow {
	__u8 seen : 4;
	__u8 dropped : 4;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct guard);
} guards SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("tc/ingress")
int see(struct __sk_buff *skb)
{
	__u32 key = 0, lock = SEEN;
	struct guard *g = bpf_map_lookup_elem(&guards, &lock);
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f || !g)
		return TC_ACT_OK;
	bpf_spin_lock(&g->lock);
	f->seen++; // expect: data-race, lost-update
	bpf_spin_unlock(&g->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int drop(struct __sk_buff *skb)
{
	__u32 key = 0, lock = DROPPED;
	struct guard *g = bpf_map_lookup_elem(&guards, &lock);
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f || !g)
		return TC_ACT_OK;
	bpf_spin_lock(&g->lock);
	f->dropped++; // expect: data-race, lost-update
	bpf_spin_unlock(&g->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: see + see 16
// states: see + drop 41
// states: drop + drop 16
// reduced: see + see 3
// reduced: see + drop 9
// reduced: drop + drop 3
