// A map without types.

#include "../rules.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct elem));
} elems SEC(".maps");

SEC("tc") __failure
__msg("map 'elems' has to have BTF in order to use bpf_spin_lock")
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock); // rejects: btf-required
	bpf_spin_unlock(&e->lock);
	return 0;
}

struct timed {
	struct bpf_timer timer;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct timed));
} timers SEC(".maps");

SEC("tc") __failure
__msg("map 'timers' has to have BTF in order to use bpf_timer")
int starts_a_timer(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct timed *t = bpf_map_lookup_elem(&timers, &key);

	if (!t)
		return 0;
	bpf_timer_init(&t->timer, &timers, 1); // rejects: btf-required
	return 0;
}

// Without types there is no timer to keep away from.
SEC("tc") __success
int reads_the_bytes(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct timed *t = bpf_map_lookup_elem(&timers, &key);

	return t ? *(volatile int *)&t->timer : 0;
}
