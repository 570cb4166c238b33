// Two programs share a counter: one takes the lock, the other forgot it.
//
// verdict: VIOLATED

#include <linux/bpf.h>
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

SEC("cgroup_skb/ingress")
int count_in(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct traffic *t = bpf_map_lookup_elem(&traffic, &key);

	if (!t)
		return 1;
	bpf_spin_lock(&t->lock);
	t->packets++; // expect: data-race, lost-update
	bpf_spin_unlock(&t->lock);
	return 1;
}

SEC("cgroup_skb/egress")
int count_out(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct traffic *t = bpf_map_lookup_elem(&traffic, &key);

	if (t)
		t->packets++; // expect: data-race, lost-update
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: count_in + count_in 16
// states: count_in + count_out 20
// states: count_out + count_out 12
// states: count_out < count_in 26
// states: count_out < count_out 18
// states: count_out < count_in + count_out < count_in 855
// states: count_out < count_out + count_out < count_out 606
// reduced: count_in + count_in 3
// reduced: count_in + count_out 12
// reduced: count_out + count_out 6
// reduced: count_out < count_in 8
// reduced: count_out < count_out 8
// reduced: count_out < count_in + count_out < count_in 189
// reduced: count_out < count_out + count_out < count_out 161
