// A lock inside a struct of the value.
//
// kernel 6.6: use rejects top-level-lock
// kernel 6.12: use accepts

#include "../rules.h"

struct value {
	struct {
		struct bpf_spin_lock lock;
		int cnt;
	} inside;
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
	bpf_spin_lock(&v->inside.lock);
	v->inside.cnt++;
	bpf_spin_unlock(&v->inside.lock);
	return 0;
}
