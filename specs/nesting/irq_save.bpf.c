// The right form of percpu_counter where an atomic add is not enough: the lower program keeps interrupts away.
// The upper one needs not: nothing that runs this counter comes on top of it.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern void bpf_local_irq_save(unsigned long *flags) __ksym;
extern void bpf_local_irq_restore(unsigned long *flags) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);
	unsigned long flags;

	if (!val)
		return 1;
	bpf_local_irq_save(&flags);
	(*val)++;
	bpf_local_irq_restore(&flags);
	return 1;
}

SEC("tc")
int packet(struct __sk_buff *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 9
// states: connecting + packet 9
// states: packet + packet 9
// states: connecting < packet 18
// states: connecting < packet + connecting < packet 324
// reduced: connecting + connecting 2
// reduced: connecting + packet 2
// reduced: packet + packet 2
// reduced: connecting < packet 6
// reduced: connecting < packet + connecting < packet 29
