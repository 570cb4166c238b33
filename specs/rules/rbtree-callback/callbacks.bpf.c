// The function that orders the tree leaves the lock alone.

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

static _Bool unlocks(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	bpf_spin_unlock(&tree_lock); // rejects: rbtree-callback
	return 0;
}

SEC("tc") __failure
__msg("can't spin_{lock,unlock} in rbtree cb")
int unlocks_in_between(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, &n->rb, unlocks, 0, 0);
	bpf_spin_unlock(&tree_lock);
	return 0;
}

SEC("tc") __success
int compares(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, &n->rb, less, 0, 0);
	bpf_spin_unlock(&tree_lock);
	return 0;
}
