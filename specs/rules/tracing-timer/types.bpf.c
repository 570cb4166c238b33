// Programs that may run anywhere name no map with timers.

#include "../rules.h"

struct timed {
	struct bpf_timer timer;
	int n;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timed);
} timers SEC(".maps");

static int count(void)
{
	__u32 key = 0;
	struct timed *t = bpf_map_lookup_elem(&timers, &key); // rejects: tracing-timer

	return t ? t->n : 0;
}

SEC("kprobe/do_nanosleep") __failure
__msg("tracing progs cannot use bpf_timer yet")
int probe(void *ctx)
{
	return count();
}

SEC("perf_event") __failure
__msg("tracing progs cannot use bpf_timer yet")
int event(void *ctx)
{
	return count();
}

SEC("socket") __success
int filter(struct __sk_buff *skb)
{
	__u32 key = 0;

	return !!bpf_map_lookup_elem(&timers, &key);
}
