// Programs may only read the map.
//
// map: rejects read-write-only-map

#include "../rules.h"

struct value {
	struct bpf_spin_lock lock;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__uint(map_flags, BPF_F_RDONLY_PROG);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

SEC("tc") __failure
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	if (v->cnt)
		return 1;
	return 0;
}
