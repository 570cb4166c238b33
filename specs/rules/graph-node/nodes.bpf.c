// A node is added by its owner, once.

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

SEC("tc") __failure
__msg("expected pointer to allocated object")
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

SEC("tc") __failure
__msg("expected pointer to allocated object")
int given_up(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_obj_drop_impl(n, 0);
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0); // rejects: graph-node
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("expected pointer to allocated object")
int on_the_stack(struct __sk_buff *skb)
{
	struct bpf_list_node n = {};

	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n, 0, 0); // rejects: graph-node
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("Possibly NULL pointer passed to trusted arg1")
int not_tested_for_null(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0); // rejects: graph-node
	bpf_spin_unlock(&lock);
	return 0;
}

// One more reference to an object that is owned is never NULL.
SEC("tc") __success
int twice_with_two_references(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node), *m;

	if (!n)
		return 0;
	m = bpf_refcount_acquire_impl(n, 0);
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_list_push_front_impl(&head, &m->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}
