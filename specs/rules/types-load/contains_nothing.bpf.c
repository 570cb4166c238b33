// A list head in a struct that says it contains what BTF does not describe.

#include "../rules.h"

struct queue {
	struct bpf_spin_lock lock;
	struct bpf_list_head head __contains(missing, link);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct queue);
} queues SEC(".maps");

SEC("tc") __failure
__msg("map 'queues' has to have BTF in order to use bpf_spin_lock")
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct queue *q = bpf_map_lookup_elem(&queues, &key);

	if (!q)
		return 0;
	bpf_spin_lock(&q->lock); // rejects: btf-required
	bpf_spin_unlock(&q->lock);
	return 0;
}

// The map has no list that a kprobe could not use.
SEC("kprobe/do_nanosleep") __success
int probe(void *ctx)
{
	__u32 key = 0;

	return !!bpf_map_lookup_elem(&queues, &key);
}
