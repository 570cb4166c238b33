// A program that user space runs counts in task context, where the timer's softirq comes in between its load and its store, on the same CPU.
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
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int expire(void *map, __u32 *key, struct flow *f)
{
	__sync_fetch_and_add(&f->packets, 1); // expect: data-race, lost-update
	return 0;
}

SEC("syscall")
int probe(void *ctx)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (f)
		f->packets++; // expect: data-race, lost-update
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

char LICENSE[] SEC("license") = "GPL";

// states: probe + probe 19
// states: probe + start 118
// states: probe + timer:expire 41
// states: start + start 331
// states: start + timer:expire 134
// states: timer:expire + timer:expire 37
// states: probe < start 109
// states: probe < timer:expire 43
// states: probe < start + probe < start 24676
// states: probe < timer:expire + probe < timer:expire 3413
// reduced: probe + probe 6
// reduced: probe + start 42
// reduced: probe + timer:expire 28
// reduced: start + start 55
// reduced: start + timer:expire 89
// reduced: timer:expire + timer:expire 15
// reduced: probe < start 54
// reduced: probe < timer:expire 24
// reduced: probe < start + probe < start 4625
// reduced: probe < timer:expire + probe < timer:expire 786
