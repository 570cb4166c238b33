// Once bpf_timer_cancel has returned, the callback neither runs nor will run: what it alone writes may be cleared from there on;
// atomically, because two programs may do so.
//
// verdict: HOLDS

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
	f->ticks++;
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
int stop(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_cancel(&f->timer);
	__sync_fetch_and_and(&f->ticks, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 368
// states: start + stop 241
// states: start + timer:expire 193
// states: stop + stop 133
// states: stop + timer:expire 98
// states: timer:expire + timer:expire 72
// reduced: start + start 60
// reduced: start + stop 84
// reduced: start + timer:expire 122
// reduced: stop + stop 38
// reduced: stop + timer:expire 59
// reduced: timer:expire + timer:expire 28
