// Benchmark: on each CPU a task and, on top of it at any point, a softirq, which both take one lock.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u32 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static __always_inline int count(void)
{
	__u32 key = 0;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return 1;
	bpf_spin_lock(&flow->lock);
	flow->packets++;
	bpf_spin_unlock(&flow->lock);
	return 1;
}

SEC("cgroup/connect4")
int task(struct bpf_sock_addr *ctx)
{
	return count();
}

SEC("tc")
int softirq(struct __sk_buff *skb)
{
	return count();
}

char LICENSE[] SEC("license") = "GPL";

// states: task + task 16
// states: task + softirq 16
// states: softirq + softirq 16
// states: task < softirq 24
// states: task < softirq + task < softirq 351
// reduced: task + task 3
// reduced: task + softirq 4
// reduced: softirq + softirq 3
// reduced: task < softirq 6
// reduced: task < softirq + task < softirq 54
