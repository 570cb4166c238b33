// The element goes away while its timer's callback counts in it.
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
	f->ticks++; // expect: stale-element
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
int drop(struct __sk_buff *skb)
{
	__u32 key = skb->hash;

	bpf_map_delete_elem(&flows, &key); // expect: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 368
// states: start + drop 78
// states: start + timer:expire 193
// states: drop + drop 14
// states: drop + timer:expire 34
// states: timer:expire + timer:expire 72
// reduced: start + start 60
// reduced: start + drop 55
// reduced: start + timer:expire 122
// reduced: drop + drop 9
// reduced: drop + timer:expire 24
// reduced: timer:expire + timer:expire 28
