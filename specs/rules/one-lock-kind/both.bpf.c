// A lock of each kind.
//
// map: rejects one-lock-kind
// kernel 6.12: use accepts

#include "../rules.h"

struct value {
	struct bpf_spin_lock lock;
	struct bpf_res_spin_lock other;
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
