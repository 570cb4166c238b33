// Programs that may run in NMI take no locks.
//
// kernel 5.1: kprobe_program rejects tracing-program
// kernel 6.18: resilient_in_kprobe rejects tracing-program
// kernel 7.3: resilient_in_kprobe accepts

#include "../rules.h"

struct elems elems SEC(".maps");

struct resilient {
	struct bpf_res_spin_lock lock;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct resilient);
} rs SEC(".maps");

SEC("kprobe/do_nanosleep") __failure
__msg("tracing progs cannot use bpf_spin_lock yet")
int kprobe_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key); // rejects: tracing-program

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tp/sched/sched_switch") __failure
__msg("tracing progs cannot use bpf_spin_lock yet")
int tracepoint_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key); // rejects: tracing-program

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("perf_event") __failure
__msg("tracing progs cannot use bpf_spin_lock yet")
int perf_event_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key); // rejects: tracing-program

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("raw_tp/sched_switch") __failure
__msg("tracing progs cannot use bpf_spin_lock yet")
int raw_tracepoint_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key); // rejects: tracing-program

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("fentry/do_nanosleep") __success
int fentry_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("kprobe/do_nanosleep") __success
int resilient_in_kprobe(void *ctx)
{
	__u32 key = 0;
	struct resilient *r = bpf_map_lookup_elem(&rs, &key);

	if (r && !bpf_res_spin_lock(&r->lock))
		bpf_res_spin_unlock(&r->lock);
	return 0;
}
