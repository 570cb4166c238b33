// An array of locks.
//
// map: rejects lock-array
// kernel 6.6: use accepts

#include "../rules.h"

struct value {
	struct bpf_spin_lock locks[2];
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
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
	v->cnt++;
	return 0;
}
