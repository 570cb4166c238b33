// A list is worked on under the lock beside it.

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	struct bpf_rb_node rb;
	struct bpf_refcount refs;
	int n;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(node, link);
private(B) struct bpf_spin_lock tree_lock;
private(B) struct bpf_rb_root root __contains(node, rb);

static _Bool less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return a < b;
}

SEC("tc") __failure
__msg("must be held for bpf_list_head")
int no_lock(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_list_push_front_impl(&head, &n->link, 0, 0); // rejects: graph-needs-lock
	return 0;
}

SEC("tc") __failure
__msg("held lock and object are not in the same allocation")
int another_lock(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0); // rejects: graph-needs-lock
	bpf_spin_unlock(&tree_lock);
	return 0;
}

SEC("tc") __success
int under_its_lock(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __success
int tree_under_its_lock(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, &n->rb, less, 0, 0);
	bpf_spin_unlock(&tree_lock);
	return 0;
}
