// The clock in milliseconds: the longest pause of a flow becomes centuries.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 seen_ms;
	__u64 idle_ms;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

SEC("tc")
int idle(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);
	__u64 now_ms = bpf_ktime_get_ns() / 1000000; // expect: clock-order

	if (!f)
		return 0;
	bpf_spin_lock(&f->lock);
	if (now_ms - f->seen_ms > f->idle_ms) // expect: clock-order
		f->idle_ms = now_ms - f->seen_ms;
	f->seen_ms = now_ms;
	bpf_spin_unlock(&f->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: idle + idle 681
// reduced: idle + idle 64
