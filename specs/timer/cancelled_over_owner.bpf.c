// The callback takes the lock of its element. A packet that comes over a task which owns that lock would cancel the timer and wait for the
// callback, that for the task, and the task for the packet's program: irqsave keeps the packet away.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	struct bpf_spin_lock lock;
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
	bpf_spin_lock(&f->lock);
	f->ticks++;
	bpf_spin_unlock(&f->lock);
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
	return 0;
}

SEC("cgroup/connect4")
int look(struct bpf_sock_addr *ctx)
{
	__u32 key = ctx->user_port;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 1;
	bpf_spin_lock(&f->lock);
	f->packets = f->ticks;
	bpf_spin_unlock(&f->lock);
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 368
// states: start + stop 174
// states: start + look 218
// states: start + timer:expire 267
// states: stop + stop 65
// states: stop + look 92
// states: stop + timer:expire 100
// states: look + look 98
// states: look + timer:expire 121
// states: timer:expire + timer:expire 132
// states: look < start 128
// states: look < stop 79
// states: look < timer:expire 82
// states: look < start + look < start 74794
// states: look < stop + look < stop 23053
// states: look < timer:expire + look < timer:expire 29353
// reduced: start + start 60
// reduced: start + stop 63
// reduced: start + look 66
// reduced: start + timer:expire 145
// reduced: stop + stop 26
// reduced: stop + look 34
// reduced: stop + timer:expire 53
// reduced: look + look 12
// reduced: look + timer:expire 59
// reduced: timer:expire + timer:expire 45
// reduced: look < start 52
// reduced: look < stop 42
// reduced: look < timer:expire 26
// reduced: look < start + look < start 5209
// reduced: look < stop + look < stop 1513
// reduced: look < timer:expire + look < timer:expire 3394
