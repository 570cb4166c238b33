// The alternative of softirqs_off does not go far enough: a tracing program on a function that runs in hardirq takes the lock.
// irqsave keeps hardirqs away as well (softirqs_off_tracing_irqsave).
//
// options: --discipline softirqs-off --context polled=hardirq
// verdict: VIOLATED

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

SEC("fentry/hrtimer_interrupt")
int polled(void *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_spin_lock(&f->lock); // expect: deadlock
	f->packets++;
	bpf_spin_unlock(&f->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 16
// states: connecting + polled 16
// states: polled + polled 16
// states: connecting < polled 27
// states: connecting < polled + connecting < polled 405
// reduced: connecting + connecting 3
// reduced: connecting + polled 4
// reduced: polled + polled 3
// reduced: connecting < polled 12
// reduced: connecting < polled + connecting < polled 87
