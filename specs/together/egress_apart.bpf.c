// As egress_atomic, but its flows are others than those of ingress: it does not pin them, so its programs have a map of their own.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

__u64 seen;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	__sync_fetch_and_add(&seen, 1);
	if (!f)
		return 0;

	__sync_fetch_and_add(&f->packets, 1);

	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 70
// reduced: count + count 20
