// Per-CPU scratch memory to build a sample in: the sampler interrupts the probe of a user function in an NMI, and the
// probe sends half of its own sample and half of the sampler's.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct sample {
	__u64 ip;
	__u64 pid;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} output SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sample);
} scratch SEC(".maps");

SEC("uprobe")
int called(void *ctx)
{
	__u32 key = 0;
	struct sample *s = bpf_map_lookup_elem(&scratch, &key);

	if (!s)
		return 0;
	s->ip = 1; // expect: data-race
	s->pid = bpf_get_current_pid_tgid() >> 32; // expect: data-race
	bpf_perf_event_output(ctx, &output, BPF_F_CURRENT_CPU, s, sizeof(*s)); // expect: data-race
	return 0;
}

SEC("perf_event")
int sampled(void *ctx)
{
	__u32 key = 0;
	struct sample *s = bpf_map_lookup_elem(&scratch, &key);

	if (!s)
		return 0;
	s->ip = 2; // expect: data-race
	s->pid = bpf_get_current_pid_tgid() >> 32; // expect: data-race
	bpf_perf_event_output(ctx, &output, BPF_F_CURRENT_CPU, s, sizeof(*s)); // expect: data-race
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: called + called 25
// states: called + sampled 25
// states: sampled + sampled 25
// states: called < sampled 44
// states: called < sampled + called < sampled 1936
// reduced: called + called 2
// reduced: called + sampled 2
// reduced: sampled + sampled 2
// reduced: called < sampled 14
// reduced: called < sampled + called < sampled 123
