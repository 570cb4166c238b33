// After the unlock a node is the list's.

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
__msg("invalid mem access 'scalar'")
int reads_it(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_spin_unlock(&lock);
	asm volatile("" ::: "memory");
	return n->n; // rejects: use-after-unlock
}

SEC("tc") __success
int reads_it_before(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	int number;

	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	number = n->n;
	bpf_spin_unlock(&lock);
	return number;
}
