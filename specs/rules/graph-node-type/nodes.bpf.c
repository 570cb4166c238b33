// What is added to a list or tree, or taken from a tree, is the node that its head or root contains.

#include "../rules.h"

struct bead {
	int n;
	struct bpf_list_node link;
	struct bpf_list_node other_link;
	struct bpf_rb_node rb;
	struct bpf_rb_node other_rb;
	struct bpf_refcount refs;
};

struct leaf {
	struct bpf_list_node link;
	struct bpf_rb_node rb;
	struct bpf_refcount refs;
};

struct bare {
	__u64 numbers[8];
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(bead, link);
private(A) struct bpf_list_head other_head __contains(bead, other_link);
private(B) struct bpf_spin_lock tree_lock;
private(B) struct bpf_rb_root root __contains(bead, rb);
private(B) struct bpf_rb_root leaf_root __contains(leaf, rb);

#define owner(type, object, node) ((struct type *)((char *)(object) - __builtin_offsetof(struct type, node)))

static _Bool any(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return 1;
}

static __always_inline int push(void *node)
{
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, node, 0, 0); // rejects: graph-node-type
	bpf_spin_unlock(&lock);
	return 0;
}

static __always_inline int add(void *node)
{
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, node, any, 0, 0); // rejects: graph-node-type
	bpf_spin_unlock(&tree_lock);
	return 0;
}

SEC("tc") __success
int its_own(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? push(&b->link) : 0;
}

SEC("tc") __failure
__msg("arg#1 offset=32, but expected bpf_list_node at offset=8 in struct bead")
int another_member(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? push(&b->other_link) : 0;
}

SEC("tc") __failure
__msg("operation on bpf_list_head expects arg#1 bpf_list_node at offset=8 in struct bead, but arg is at offset=0 in struct leaf")
int another_struct(struct __sk_buff *skb)
{
	struct leaf *l = bpf_obj_new(struct leaf);

	return l ? push(&l->link) : 0;
}

SEC("tc") __failure
__msg("bpf_list_node not found at offset=0")
int the_object_itself(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? push(b) : 0;
}

SEC("tc") __failure
__msg("bpf_list_node not found at offset=56")
int a_tree_node_to_a_list(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? push(&b->rb) : 0;
}

SEC("tc") __failure
__msg("bpf_list_node not found at offset=8")
int no_node_at_all(struct __sk_buff *skb)
{
	struct bare *b = bpf_obj_new(struct bare);

	return b ? push(&b->numbers[1]) : 0;
}

SEC("tc") __failure
__msg("negative offset ptr_ ptr R2 off=-8 disallowed")
int before_the_object(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? push((char *)b - 8) : 0;
}

SEC("tc") __success
int popped_and_back(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&other_head);
	if (n)
		bpf_list_push_front_impl(&head, &owner(bead, n, other_link)->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("arg#1 offset=8, but expected bpf_list_node at offset=32 in struct bead")
int popped_and_into_another(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&head);
	if (n)
		bpf_list_push_front_impl(&other_head, n, 0, 0); // rejects: graph-node-type
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __success
int into_its_tree(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? add(&b->rb) : 0;
}

SEC("tc") __failure
__msg("arg#1 offset=88, but expected bpf_rb_node at offset=56 in struct bead")
int another_tree_node(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	return b ? add(&b->other_rb) : 0;
}

SEC("tc") __failure
__msg("operation on bpf_rb_root expects arg#1 bpf_rb_node at offset=56 in struct bead, but arg is at offset=24 in struct leaf")
int another_struct_to_a_tree(struct __sk_buff *skb)
{
	struct leaf *l = bpf_obj_new(struct leaf);

	return l ? add(&l->rb) : 0;
}

SEC("tc") __failure
__msg("operation on bpf_rb_root expects arg#1 bpf_rb_node at offset=24 in struct leaf, but arg is at offset=56 in struct bead")
int removed_from_another_tree(struct __sk_buff *skb)
{
	struct bpf_rb_node *n;

	bpf_spin_lock(&tree_lock);
	n = bpf_rbtree_first(&root);
	if (n)
		n = bpf_rbtree_remove(&leaf_root, n); // rejects: graph-node-type
	bpf_spin_unlock(&tree_lock);
	if (n)
		bpf_obj_drop_impl(owner(leaf, n, rb), 0);
	return 0;
}

SEC("tc") __failure
__msg("Possibly NULL pointer passed to trusted arg1")
int removed_without_a_look(struct __sk_buff *skb)
{
	struct bpf_rb_node *n;

	bpf_spin_lock(&tree_lock);
	n = bpf_rbtree_remove(&root, bpf_rbtree_first(&root)); // rejects: graph-node
	bpf_spin_unlock(&tree_lock);
	if (n)
		bpf_obj_drop_impl(owner(bead, n, rb), 0);
	return 0;
}

SEC("tc") __success
int removed_from_its_tree(struct __sk_buff *skb)
{
	struct bpf_rb_node *n;

	bpf_spin_lock(&tree_lock);
	n = bpf_rbtree_first(&root);
	if (n)
		n = bpf_rbtree_remove(&root, n);
	bpf_spin_unlock(&tree_lock);
	if (n)
		bpf_obj_drop_impl(owner(bead, n, rb), 0);
	return 0;
}
