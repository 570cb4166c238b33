// Nothing keeps an NMI away: a tracing program on a function that runs in NMI interrupts the owner of the lock and waits for ever.
// The kernel refuses bpf_spin_lock to kprobes, tracepoints and perf events for that reason, but not to fentry (Linux 7.3).
//
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

SEC("fentry/nmi_handle")
int in_nmi(void *ctx)
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
// states: connecting + in_nmi 16
// states: in_nmi + in_nmi 16
// states: connecting < in_nmi 27
// states: connecting < in_nmi + connecting < in_nmi 405
// reduced: connecting + connecting 3
// reduced: connecting + in_nmi 4
// reduced: in_nmi + in_nmi 3
// reduced: connecting < in_nmi 12
// reduced: connecting < in_nmi + connecting < in_nmi 87
