// One field that the kernel cannot make sense of hides the others.

#include "../rules.h"

struct node {
	struct bpf_list_node link;
	int n;
};

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(missing, link);

private(B) struct bpf_spin_lock other_lock;
private(B) struct bpf_list_head other_head __contains(node, link);
struct node a_node; /* so that BTF describes the struct */

SEC("tc") __failure
__msg("map '.data.A' has no valid bpf_spin_lock")
int use(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock); // rejects: value-has-lock
	bpf_spin_unlock(&lock);
	return 0;
}

// A kprobe cannot name a map with lists, but this one has none that the kernel sees.
SEC("kprobe/do_nanosleep") __success
int probe(void *ctx)
{
	return *(volatile int *)&head;
}

SEC("tc") __success
int use_the_other(struct __sk_buff *skb)
{
	struct bpf_list_node *n;

	bpf_spin_lock(&other_lock);
	n = bpf_list_pop_front(&other_head);
	bpf_spin_unlock(&other_lock);
	if (n)
		bpf_obj_drop_impl((char *)n - __builtin_offsetof(struct node, link), 0);
	return 0;
}
