// The argument is the address of the lock.
//
// kernel 5.15: the_counter rejects offset-points-at-lock

#include "../rules.h"

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("off 4 doesn't point to 'struct bpf_spin_lock' that is at 0")
int the_counter(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock((void *)&e->cnt); // rejects: offset-points-at-lock
	bpf_spin_unlock((void *)&e->cnt);
	return 0;
}

SEC("tc") __success
int the_lock(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

struct node {
	struct bpf_list_node link;
	int n;
	struct bpf_spin_lock lock;
};

private(A) struct bpf_spin_lock list_lock;
private(A) struct bpf_list_head list __contains(node, link);
struct node a_node; /* so that BTF describes the struct */

static struct node *first(void)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&list_lock);
	n = bpf_list_pop_front(&list);
	bpf_spin_unlock(&list_lock);
	return (struct node *)n;
}

SEC("tc") __failure
__msg("off 24 doesn't point to 'struct bpf_spin_lock' that is at 28")
int beside_the_lock_of_a_node(struct __sk_buff *skb)
{
	struct node *n = first();

	if (!n)
		return 0;
	bpf_spin_lock((void *)&n->n); // rejects: offset-points-at-lock
	bpf_spin_unlock((void *)&n->n);
	bpf_obj_drop_impl(n, 0);
	return 0;
}

SEC("tc") __success
int the_lock_of_a_node(struct __sk_buff *skb)
{
	struct node *n = first();

	if (!n)
		return 0;
	bpf_spin_lock(&n->lock);
	n->n++;
	bpf_spin_unlock(&n->lock);
	bpf_obj_drop_impl(n, 0);
	return 0;
}
