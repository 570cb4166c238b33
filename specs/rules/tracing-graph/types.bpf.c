// Lists in tracing programs.

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

SEC("kprobe/do_nanosleep") __failure
int probe(void *ctx)
{
	bpf_printk("%d", (long)&head); // rejects: tracing-graph // rejects: tracing-program
	return 0;
}

SEC("tc") __success
int classifier(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (!n)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &n->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}
