// Samples of different clocks say nothing of each other; a difference with one's own older sample never wraps.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct span {
	struct bpf_spin_lock lock;
	__u64 jiffies;
	__u64 longest;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct span);
} spans SEC(".maps");

SEC("tc")
int measure(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 begin = bpf_ktime_get_ns();
	struct span *s = bpf_map_lookup_elem(&spans, &key);
	__u64 jiffies = bpf_jiffies64(), passed = bpf_ktime_get_ns() - begin;

	if (!s)
		return 0;
	bpf_spin_lock(&s->lock);
	if (passed > s->longest)
		s->longest = passed;
	if (jiffies > s->jiffies)
		s->jiffies = jiffies;
	bpf_spin_unlock(&s->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: measure + measure 804
// reduced: measure + measure 255
