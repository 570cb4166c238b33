// The NMI takes another lock than its victim, so nobody waits for ever. But the CPU has one word to keep the interrupt state
// of the owner of a lock in: the NMI overwrites it with "off", and the task runs on with interrupts off.
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

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} samples SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);
	struct flow *s = bpf_map_lookup_elem(&samples, &key);
	__u64 seen = s ? s->packets : 0; // expect: data-race

	if (!f)
		return 1;
	bpf_spin_lock(&f->lock); // expect: interrupt-state
	f->packets += seen;
	bpf_spin_unlock(&f->lock);
	return 1;
}

SEC("fentry/nmi_handle")
int in_nmi(void *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&samples, &key);

	if (!f)
		return 0;
	bpf_spin_lock(&f->lock);
	f->packets++; // expect: data-race
	bpf_spin_unlock(&f->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 27
// states: connecting + in_nmi 40
// states: in_nmi + in_nmi 16
// states: connecting < in_nmi 51
// states: connecting < in_nmi + connecting < in_nmi 2496
// reduced: connecting + connecting 4
// reduced: connecting + in_nmi 8
// reduced: in_nmi + in_nmi 3
// reduced: connecting < in_nmi 15
// reduced: connecting < in_nmi + connecting < in_nmi 433
