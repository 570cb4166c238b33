// List heads and tree roots are where BTF says.

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	int n;
};

struct queue {
	struct bpf_spin_lock lock;
	struct bpf_list_head head __contains(node, link);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct queue));
} untyped SEC(".maps");

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(node, link);
struct node a_node; /* so that BTF describes the struct */

static int drop(struct bpf_list_node *n)
{
	if (n)
		bpf_obj_drop_impl((char *)n - __builtin_offsetof(struct node, link), 0);
	return 0;
}

SEC("tc") __failure
__msg("bpf_list_head not found at offset=8")
int without_types(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct queue *q = bpf_map_lookup_elem(&untyped, &key);

	if (!q)
		return 0;
	return drop(bpf_list_pop_front(&q->head)); // rejects: graph-head
}

SEC("tc") __failure
__msg("bpf_list_head not found at offset=0")
int the_lock_itself(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front((void *)&lock); // rejects: graph-head
	bpf_spin_unlock(&lock);
	return drop(n);
}

SEC("tc") __failure
__msg("R1 doesn't have constant offset. bpf_list_head has to be at the constant offset")
int somewhere_behind_it(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front((void *)&head + skb->protocol); // rejects: graph-head
	bpf_spin_unlock(&lock);
	return drop(n);
}

SEC("tc") __success
int the_head(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&lock);
	n = bpf_list_pop_front(&head);
	bpf_spin_unlock(&lock);
	return drop(n);
}
