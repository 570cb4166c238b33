// The same without the lock in the callback, which the packet's program meets on another CPU.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	struct bpf_spin_lock lock;
	__u32 packets;
	__u64 idle;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int expire(void *map, __u32 *key, struct flow *f)
{
	f->packets = 0; // expect: data-race, lost-update
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_spin_lock(&f->lock);
	f->packets++; // expect: data-race, lost-update
	bpf_spin_unlock(&f->lock);
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 695
// states: count + timer:expire 247
// states: timer:expire + timer:expire 45
// reduced: count + count 110
// reduced: count + timer:expire 135
// reduced: timer:expire + timer:expire 19
