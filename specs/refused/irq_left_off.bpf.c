// Interrupts are not restored where the value is full.
//
// options: --waive irq-balance
// refused: irq-balance: BPF_EXIT instruction in main prog cannot be used inside bpf_local_irq_save-ed region
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
	bpf_local_irq_save(&flags); // expect: interrupt-state
	if (*val == 100)
		return 1;
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

// states: connecting + connecting 16
// states: connecting + packet 12
// states: packet + packet 9
// states: connecting < packet 22
// states: connecting < packet + connecting < packet 484
// reduced: connecting + connecting 10
// reduced: connecting + packet 12
// reduced: packet + packet 6
// reduced: connecting < packet 22
// reduced: connecting < packet + connecting < packet 253
