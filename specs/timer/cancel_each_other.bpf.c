// Two callbacks cancel each other's timers: one of them at least is told -EDEADLK and waits for nobody, and who goes on all the same races.
//
// verdict: VIOLATED

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

	if (other) {
		bpf_timer_cancel(&other->timer);
		other->ticks = 0; // expect: data-race, lost-update
	}
	f->ticks++; // expect: data-race, lost-update
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
// states: start + timer:expire 596
// states: timer:expire + timer:expire 407
// reduced: start + start 93
// reduced: start + timer:expire 519
// reduced: timer:expire + timer:expire 175
