// The value has no lock.

#include "../rules.h"

struct value {
	int other;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

SEC("tc") __failure
__msg("map 'values' has no valid bpf_spin_lock")
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock((void *)&v->other); // rejects: value-has-lock
	bpf_spin_unlock((void *)&v->other);
	return 0;
}
