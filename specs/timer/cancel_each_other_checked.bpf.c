// Two callbacks cancel each other's timers, and touch the other's element only where that has come about. Nobody waits for ever.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	__u64 ticks;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int expire(void *map, __u32 *key, struct flow *f)
{
	__u32 next = *key ^ 1;
	struct flow *other = bpf_map_lookup_elem(&flows, &next);

	if (!other)
		return 0;
	if (bpf_timer_cancel(&other->timer) >= 0)
		other->ticks = 0;
	f->ticks++;
	return 0;
}

SEC("tc")
int start(struct __sk_buff *skb)
{
	__u32 key = skb->hash & 1;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 409
// states: start + timer:expire 594
// states: timer:expire + timer:expire 271
// reduced: start + start 93
// reduced: start + timer:expire 509
// reduced: timer:expire + timer:expire 114
