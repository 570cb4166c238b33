// What is dropped is owned and was not dropped before; what gets one more reference counts them.

#include "../rules.h"

struct plain {
	int n;
	int m;
};

struct bead {
	int n;
	struct bpf_list_node link;
};

struct counted {
	int n;
	struct bpf_refcount refs;
	struct bpf_rb_node rb;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(bead, link);
private(B) struct bpf_spin_lock tree_lock;
private(B) struct bpf_rb_root root __contains(counted, rb);

struct elems elems SEC(".maps");

static _Bool any(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	return 1;
}

SEC("tc") __success
int dropped(struct __sk_buff *skb)
{
	struct plain *p = bpf_obj_new(struct plain);

	if (p)
		bpf_obj_drop_impl(p, 0);
	return 0;
}

SEC("tc") __failure
__msg("R1 must be referenced or trusted")
int dropped_twice(struct __sk_buff *skb)
{
	struct plain *p = bpf_obj_new(struct plain);

	if (!p)
		return 0;
	bpf_obj_drop_impl(p, 0);
	bpf_obj_drop_impl(p, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __failure
__msg("R1 must be referenced or trusted")
int dropped_after_it_was_pushed(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (!b)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &b->link, 0, 0);
	bpf_spin_unlock(&lock);
	bpf_obj_drop_impl(b, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __failure
__msg("Possibly NULL pointer passed to trusted arg0")
int not_tested_for_null(struct __sk_buff *skb)
{
	bpf_obj_drop_impl(bpf_obj_new(struct plain), 0); // rejects: object-argument
	return 0;
}

SEC("tc") __failure
__msg("R1 must have zero offset when passed to release func or trusted arg to kfunc")
int by_a_member(struct __sk_buff *skb)
{
	struct plain *p = bpf_obj_new(struct plain);

	if (p)
		bpf_obj_drop_impl(&p->m, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __failure
__msg("R1 must have zero offset when passed to release func or trusted arg to kfunc")
int popped_and_dropped_by_its_node(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&head);
	bpf_spin_unlock(&lock);
	if (n)
		bpf_obj_drop_impl(n, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __success
int popped_and_dropped(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&head);
	bpf_spin_unlock(&lock);
	if (n)
		bpf_obj_drop_impl((char *)n - __builtin_offsetof(struct bead, link), 0);
	return 0;
}

SEC("tc") __failure
__msg("R1 must be referenced or trusted")
int a_map_value(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (e)
		bpf_obj_drop_impl(e, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __failure
__msg("R1 must be referenced or trusted")
int the_context(struct __sk_buff *skb)
{
	bpf_obj_drop_impl(skb, 0); // rejects: object-argument
	return 0;
}

SEC("tc") __success
int another_reference(struct __sk_buff *skb)
{
	struct counted *c = bpf_obj_new(struct counted), *other;

	if (!c)
		return 0;
	other = bpf_refcount_acquire_impl(c, 0);
	bpf_obj_drop_impl(c, 0);
	bpf_obj_drop_impl(other, 0);
	return 0;
}

SEC("tc") __failure
__msg("arg#0 doesn't point to a type with bpf_refcount field")
int another_reference_that_nobody_counts(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead), *other;

	if (!b)
		return 0;
	other = bpf_refcount_acquire_impl(b, 0); // rejects: object-argument
	bpf_obj_drop_impl(b, 0);
	bpf_obj_drop_impl(other, 0);
	return 0;
}

SEC("tc") __failure
__msg("arg#0 is neither owning or non-owning ref")
int another_reference_to_what_was_dropped(struct __sk_buff *skb)
{
	struct counted *c = bpf_obj_new(struct counted);

	if (!c)
		return 0;
	bpf_obj_drop_impl(c, 0);
	c = bpf_refcount_acquire_impl(c, 0); // rejects: object-argument
	if (c)
		bpf_obj_drop_impl(c, 0);
	return 0;
}

SEC("tc") __success
int another_reference_to_a_node(struct __sk_buff *skb)
{
	struct counted *c = bpf_obj_new(struct counted);

	if (!c)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, &c->rb, any, 0, 0);
	c = bpf_refcount_acquire_impl(c, 0);
	bpf_spin_unlock(&tree_lock);
	if (c)
		bpf_obj_drop_impl(c, 0);
	return 0;
}

SEC("tc") __failure
__msg("Possibly NULL pointer passed to trusted arg0")
int another_reference_to_a_node_not_tested(struct __sk_buff *skb)
{
	struct counted *c = bpf_obj_new(struct counted);

	if (!c)
		return 0;
	bpf_spin_lock(&tree_lock);
	bpf_rbtree_add_impl(&root, &c->rb, any, 0, 0);
	c = bpf_refcount_acquire_impl(c, 0);
	bpf_spin_unlock(&tree_lock);
	bpf_obj_drop_impl(c, 0); // rejects: object-argument
	return 0;
}
