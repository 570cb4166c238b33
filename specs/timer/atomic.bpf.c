// The callback of a timer runs in softirq, on any CPU, when the program that started it has long ended. It counts atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define CLOCK_MONOTONIC 1
#define SECOND 1000000000ull

struct clock {
	struct bpf_timer timer;
	__u64 ticks;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct clock);
} clocks SEC(".maps");

static int tick(void *map, int *key, struct clock *clock)
{
	__sync_fetch_and_add(&clock->ticks, 1);
	return 0;
}

SEC("tc")
int start(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct clock *clock = bpf_map_lookup_elem(&clocks, &key);

	if (!clock)
		return TC_ACT_OK;
	if (bpf_timer_init(&clock->timer, &clocks, CLOCK_MONOTONIC))
		return TC_ACT_OK;
	bpf_timer_set_callback(&clock->timer, tick);
	bpf_timer_start(&clock->timer, SECOND, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 22
// states: start + timer:tick 38
// states: timer:tick + timer:tick 20
// reduced: start + start 13
// reduced: start + timer:tick 30
// reduced: timer:tick + timer:tick 7
