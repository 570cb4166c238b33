// A sampler in NMI deletes what it interrupts the update of, while user space takes it out with BPF_F_LOCK: user space has locked the bucket
// and waits for the lock of the element, whose owner is below the sampler, which waits for the bucket. (Since Linux 6.15 the wait for a
// bucket gives up after a quarter of a second, with -ETIMEDOUT.) The rule tracing-program keeps such samplers out; the scenario waives it.

#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>

struct stats {
	struct bpf_spin_lock lock;
	__u32 errors;
	__u64 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct stats);
} stats SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 1;
	struct stats *s = bpf_map_lookup_elem(&stats, &key);

	if (!s)
		return 0;
	bpf_spin_lock(&s->lock);
	s->packets++;
	bpf_spin_unlock(&s->lock);
	return 0;
}

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	__u32 key = 1;

	bpf_map_delete_elem(&stats, &key);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
