// One timer, two callbacks, chosen when it is started. The timer never runs both at once, but only one of them leaves the counter of
// packets alone.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	__u64 packets;
	__u64 ticks;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int tick(void *map, __u32 *key, struct flow *f)
{
	f->ticks++;
	return 0;
}

static int reset(void *map, __u32 *key, struct flow *f)
{
	f->ticks = 0;
	f->packets = 0; // expect: data-race
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	__sync_fetch_and_add(&f->packets, 1); // expect: data-race
	bpf_timer_init(&f->timer, &flows, 1);
	if (skb->mark)
		bpf_timer_set_callback(&f->timer, tick);
	else
		bpf_timer_set_callback(&f->timer, reset);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 1092
// states: count + timer:tick 335
// states: count + timer:reset 373
// states: timer:tick + timer:tick 72
// states: timer:tick + timer:reset 74
// states: timer:reset + timer:reset 69
// reduced: count + count 153
// reduced: count + timer:tick 211
// reduced: count + timer:reset 197
// reduced: timer:tick + timer:tick 28
// reduced: timer:tick + timer:reset 48
// reduced: timer:reset + timer:reset 26
