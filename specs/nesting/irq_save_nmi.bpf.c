// irq_save does not help against a sampler: an NMI comes while interrupts are off.
//
// verdict: VIOLATED

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
	(*val)++; // expect: lost-update, data-race
	bpf_local_irq_restore(&flags);
	return 1;
}

SEC("perf_event")
int sampled(void *ctx)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (val)
		(*val)++; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 9
// states: connecting + sampled 9
// states: sampled + sampled 9
// states: connecting < sampled 27
// states: connecting < sampled + connecting < sampled 729
// reduced: connecting + connecting 2
// reduced: connecting + sampled 2
// reduced: sampled + sampled 2
// reduced: connecting < sampled 12
// reduced: connecting < sampled + connecting < sampled 75
