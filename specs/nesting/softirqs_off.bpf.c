// plain, with the alternative that the commit of bpf_spin_lock mentions: every networking program runs with softirqs off.
//
// options: --discipline softirqs-off
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 1;
	bpf_spin_lock(&f->lock);
	f->packets++;
	bpf_spin_unlock(&f->lock);
	return 1;
}

SEC("tc/ingress")
int incoming(struct __sk_buff *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_spin_lock(&f->lock);
	f->packets++;
	bpf_spin_unlock(&f->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 16
// states: connecting + incoming 16
// states: incoming + incoming 16
// states: connecting < incoming 20
// states: connecting < incoming + connecting < incoming 256
// reduced: connecting + connecting 3
// reduced: connecting + incoming 4
// reduced: incoming + incoming 3
// reduced: connecting < incoming 4
// reduced: connecting < incoming + connecting < incoming 23
