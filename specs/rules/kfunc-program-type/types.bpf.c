// Functions on objects are there for some types of programs.

#include "../rules.h"

struct node {
	struct bpf_spin_lock lock;
	int n;
};

static int makes_one(void)
{
	struct node *n = bpf_obj_new(struct node); // rejects: kfunc-program-type

	if (n)
		bpf_obj_drop_impl(n, 0);
	return 0;
}

SEC("action") __failure
__msg("calling kernel function bpf_obj_new_impl is not allowed")
int acts(struct __sk_buff *skb)
{
	return makes_one();
}

SEC("kprobe/do_nanosleep") __failure
__msg("calling kernel function bpf_obj_new_impl is not allowed")
int probe(void *ctx)
{
	return makes_one();
}

SEC("tc") __success
int classifier(struct __sk_buff *skb)
{
	struct node *n = bpf_obj_new(struct node);

	if (n)
		bpf_obj_drop_impl(n, 0);
	return 0;
}
