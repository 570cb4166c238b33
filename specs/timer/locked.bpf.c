// A flow is counted by packets, and cleared by its timer when it has been idle; both under its lock.
//
// verdict: HOLDS

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
	bpf_spin_lock(&f->lock);
	f->packets = 0;
	f->idle++;
	bpf_spin_unlock(&f->lock);
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
	f->packets++;
	bpf_spin_unlock(&f->lock);
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 695
// states: count + timer:expire 410
// states: timer:expire + timer:expire 168
// reduced: count + count 110
// reduced: count + timer:expire 231
// reduced: timer:expire + timer:expire 55
