// A list head without a lock.
//
// map: rejects graph-root-needs-lock

#include "../rules.h"

struct value {
	struct bpf_list_head head __contains(node, link);
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

struct node {
	struct bpf_list_node link;
	int n;
};

struct node *unused;

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
