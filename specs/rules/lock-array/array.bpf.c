// An array of locks: the map is made, but it has no lock.
//
// map: warns lock-array
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

SEC("tc") __success
int use(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	v->cnt++;
	return 0;
}

SEC("tc") __failure
__msg("has no valid bpf_spin_lock")
int takes_one(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	bpf_spin_lock(&v->locks[1]); // rejects: value-has-lock
	v->cnt++;
	bpf_spin_unlock(&v->locks[1]);
	return 0;
}
