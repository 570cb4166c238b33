// Locks in allocated objects.

#include "../rules.h"

struct object {
	struct bpf_spin_lock lock;
	int n;
};

SEC("tc") __failure
__msg("direct access to bpf_spin_lock is disallowed")
int writes_it(struct __sk_buff *skb)
{
	struct object *o = bpf_obj_new(struct object);

	if (!o)
		return 0;
	*(volatile int *)&o->lock = 0; // rejects: object-field-access
	bpf_obj_drop_impl(o, 0);
	return 0;
}

SEC("tc") __success
int uses_it(struct __sk_buff *skb)
{
	struct object *o = bpf_obj_new(struct object);

	if (!o)
		return 0;
	bpf_spin_lock(&o->lock);
	o->n++;
	bpf_spin_unlock(&o->lock);
	bpf_obj_drop_impl(o, 0);
	return 0;
}
