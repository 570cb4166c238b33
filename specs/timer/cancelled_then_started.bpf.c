// The timer is cancelled and started again, but what its callback shares with the program is written when it may run already.
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

static int expire(void *map, __u32 *key, struct flow *f)
{
	f->ticks++; // expect: data-race, lost-update
	return 0;
}

SEC("tc")
int start(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

SEC("tc")
int restart(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_cancel(&f->timer);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	f->ticks = 0; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 368
// states: start + restart 393
// states: start + timer:expire 193
// states: restart + restart 418
// states: restart + timer:expire 176
// states: timer:expire + timer:expire 72
// reduced: start + start 60
// reduced: start + restart 108
// reduced: start + timer:expire 122
// reduced: restart + restart 83
// reduced: restart + timer:expire 98
// reduced: timer:expire + timer:expire 28
