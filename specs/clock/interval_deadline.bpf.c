// The right form of interval_wraps: the deadline is on the other side of the comparison, where nothing wraps.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define INTERVAL 1000000000

struct gate {
	struct bpf_spin_lock lock;
	__u64 last;
	__u64 passed;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct gate);
} gates SEC(".maps");

SEC("tc")
int sample(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct gate *g = bpf_map_lookup_elem(&gates, &key);
	__u64 now = bpf_ktime_get_boot_ns();

	if (!g)
		return 0;
	bpf_spin_lock(&g->lock);
	if (now > g->last + INTERVAL) {
		g->last = now;
		g->passed++;
	}
	bpf_spin_unlock(&g->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: sample + sample 90
// reduced: sample + sample 22
