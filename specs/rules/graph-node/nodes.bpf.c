// A node is added by its owner, once.

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	struct bpf_rb_node rb;
	int n;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(node, link);
private(B) struct bpf_spin_lock tree_lock;
private(B) struct bpf_rb_root root __contains(node, rb);

SEC("tc") __failure
__msg("allocated object must be referenced")
int twice(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_list_push_front_impl(&head, &n->link, 0, 0); // rejects: graph-node
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __success
int once(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}
