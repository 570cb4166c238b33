// An inner map is like its template; before Linux 6.2 it could not have a lock.
//
// kernel 6.1: use rejects inner-map-lock
// kernel 6.6: use accepts

#include "../rules.h"

struct elems inner SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct elems);
} outer SEC(".maps") = {
	.values = { [0] = &inner },
};

SEC("tc") __success
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	void *map = bpf_map_lookup_elem(&outer, &key);
	struct elem *e;

	if (!map)
		return 0;
	e = bpf_map_lookup_elem(map, &key);
	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __failure
__msg("bpf_spin_unlock of different lock")
int two_lookups(struct __sk_buff *skb)
{
	__u32 key = 0;
	void *map = bpf_map_lookup_elem(&outer, &key);
	struct elem *e, *again;

	if (!map)
		return 0;
	e = bpf_map_lookup_elem(map, &key);
	again = bpf_map_lookup_elem(map, &key);
	if (!e || !again)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&again->lock); // rejects: unlock-same-lock
	return 0;
}
