// Two maps with timers, and one function that is the callback of both besides one of each map's own: every timer runs its own, with the
// element it lies in.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	__u64 ticks;
};

struct conn {
	__u64 seen;
	__u64 closed;
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct conn);
} conns SEC(".maps");

__u64 expired;

static int age_flow(void *map, __u32 *key, struct flow *f)
{
	f->ticks++;
	return 0;
}

static int age_conn(void *map, __u32 *key, struct conn *c)
{
	__sync_fetch_and_add(&c->closed, 1);
	return 0;
}

static int count(void *map, __u32 *key, void *value)
{
	__sync_fetch_and_add(&expired, 1);
	return 0;
}

SEC("tc")
int start_flow(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, skb->mark ? (void *)age_flow : (void *)count);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

SEC("tc")
int start_conn(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct conn *c = bpf_map_lookup_elem(&conns, &key);

	if (!c)
		return 0;
	__sync_fetch_and_add(&c->seen, 1);
	bpf_timer_init(&c->timer, &conns, 1);
	if (skb->mark)
		bpf_timer_set_callback(&c->timer, age_conn);
	else
		bpf_timer_set_callback(&c->timer, count);
	bpf_timer_start(&c->timer, 1000000000, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start_flow + start_flow 969
// states: start_flow + start_conn 420
// states: start_flow + timer:age_flow 320
// states: start_flow + timer:count:flows 259
// states: start_flow + timer:count:conns 105
// states: start_flow + timer:age_conn 105
// states: start_conn + start_conn 182
// states: start_conn + timer:age_flow 120
// states: start_conn + timer:count:flows 100
// states: start_conn + timer:count:conns 103
// states: start_conn + timer:age_conn 103
// states: timer:age_flow + timer:age_flow 72
// states: timer:age_flow + timer:count:flows 63
// states: timer:age_flow + timer:count:conns 30
// states: timer:age_flow + timer:age_conn 30
// states: timer:count:flows + timer:count:flows 48
// states: timer:count:flows + timer:count:conns 25
// states: timer:count:flows + timer:age_conn 25
// states: timer:count:conns + timer:count:conns 20
// states: timer:count:conns + timer:age_conn 21
// states: timer:age_conn + timer:age_conn 20
// reduced: start_flow + start_flow 130
// reduced: start_flow + start_conn 45
// reduced: start_flow + timer:age_flow 201
// reduced: start_flow + timer:count:flows 155
// reduced: start_flow + timer:count:conns 17
// reduced: start_flow + timer:age_conn 17
// reduced: start_conn + start_conn 97
// reduced: start_conn + timer:age_flow 16
// reduced: start_conn + timer:count:flows 16
// reduced: start_conn + timer:count:conns 72
// reduced: start_conn + timer:age_conn 82
// reduced: timer:age_flow + timer:age_flow 28
// reduced: timer:age_flow + timer:count:flows 37
// reduced: timer:age_flow + timer:count:conns 7
// reduced: timer:age_flow + timer:age_conn 7
// reduced: timer:count:flows + timer:count:flows 18
// reduced: timer:count:flows + timer:count:conns 12
// reduced: timer:count:flows + timer:age_conn 7
// reduced: timer:count:conns + timer:count:conns 7
// reduced: timer:count:conns + timer:age_conn 11
// reduced: timer:age_conn + timer:age_conn 7
