// A struct with a list node and a tree node, but no bpf_refcount: the kernel refuses the types, libbpf loads without them.
// kernel 6.1: counts accepts
// kernel 6.2: counts accepts
// kernel 6.18: counts accepts

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	struct bpf_rb_node rb;
	int n;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(node, link);
struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("bpf_obj_new/bpf_percpu_obj_new requires prog BTF")
int allocates(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node); // rejects: program-btf

	if (n)
		bpf_obj_drop_impl(n, 0);
	return 0;
}

SEC("tc") __failure
__msg("map 'elems' has to have BTF in order to use bpf_spin_lock")
int locks(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock); // rejects: btf-required
	e->sum++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int counts(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	return e ? e->cnt : 0;
}
