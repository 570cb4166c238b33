// An update of an array element copies in place without taking the lock of the element: the increment of
// the other CPU can bring the old count back.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct traffic {
	struct bpf_spin_lock lock;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct traffic);
} traffic SEC(".maps");

SEC("tc/ingress")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct traffic *t = bpf_map_lookup_elem(&traffic, &key);

	if (!t)
		return TC_ACT_OK;
	bpf_spin_lock(&t->lock);
	t->packets++; // expect: data-race, lost-update
	bpf_spin_unlock(&t->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int reset(struct __sk_buff *skb)
{
	struct traffic zero = {};
	__u32 key = 0;

	bpf_map_update_elem(&traffic, &key, &zero, BPF_ANY); // expect: data-race; allow: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// states: count + reset 20
// states: reset + reset 9
// reduced: count + count 3
// reduced: count + reset 12
// reduced: reset + reset 6
