// Twelve kernel pointers: the map is made, but its values have no special fields.
//
// map: warns field-limits

#include "../rules.h"

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));

struct value {
	struct task_struct __attribute__((btf_type_tag("kptr_untrusted"))) *tasks[12];
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

SEC("tc") __success
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	v->cnt++;
	return 0;
}

SEC("tc") __success
int store_a_byte_of_a_pointer(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&values, &key);

	if (!v)
		return 0;
	((char *)v->tasks)[1] = 1;
	return 0;
}
