// BPF_F_LOCK needs a lock in the value: a warning, the program loads.

#include "../rules.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} plain SEC(".maps");

struct elems elems SEC(".maps");

SEC("tc") __success
int no_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 value = 1;

	bpf_map_update_elem(&plain, &key, &value, 4); // warns: lock-flag
	return 0;
}

SEC("tc") __success
int with_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem value = {};

	bpf_map_update_elem(&elems, &key, &value, 4);
	return 0;
}
