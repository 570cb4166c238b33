// Objects cannot be allocated when the kernel refuses the types.

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	struct bpf_rb_node rb;
	int n;
};

SEC("tc") __failure
__msg("bpf_obj_new/bpf_percpu_obj_new requires prog BTF")
int allocates(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node); // rejects: program-btf

	if (n)
		bpf_obj_drop_impl(n, 0);
	return 0;
}

SEC("tc") __success
int does_not(struct __sk_buff *skb)
{
	return 0;
}
