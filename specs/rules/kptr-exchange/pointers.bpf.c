// bpf_kptr_xchg is handed the place of a kernel pointer, and NULL or an object of its struct that the program owns.

#include "../rules.h"

#define __kptr __attribute__((btf_type_tag("kptr")))

struct bead {
	int n;
	int m;
	struct bpf_list_node link;
};

struct plain_one {
	int n;
	int m;
};

struct pointers {
	int n;
	int m;
	struct bead __kptr *bead;
	struct plain_one __kptr *plain;
};

struct without {
	__u64 number;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct pointers);
} places SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct without);
} others SEC(".maps");

private(A) struct bpf_spin_lock lock;
private(A) struct bpf_list_head head __contains(bead, link);

static __always_inline struct pointers *found(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&places, &key);
}

static __always_inline int give(void *place, void *object)
{
	void *old = bpf_kptr_xchg(place, object); // rejects: kptr-exchange

	if (old)
		bpf_obj_drop_impl(old, 0);
	return 0;
}

SEC("tc") __success
int an_object(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct bead *b;

	if (!p)
		return 0;
	b = bpf_obj_new(struct bead);
	return b ? give(&p->bead, b) : 0;
}

SEC("tc") __success
int null(struct __sk_buff *skb)
{
	struct pointers *p = found();

	return p ? give(&p->bead, 0) : 0;
}

SEC("tc") __failure
__msg("invalid kptr access, R2 type=ptr_plain_one expected=ptr_bead")
int another_struct(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct plain_one *o;

	if (!p)
		return 0;
	o = bpf_obj_new(struct plain_one);
	return o ? give(&p->bead, o) : 0;
}

SEC("tc") __failure
__msg("invalid kptr access, R2 type=ptr_bead expected=ptr_bead")
int a_part_of_the_object(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct bead *b;

	if (!p)
		return 0;
	b = bpf_obj_new(struct bead);
	return b ? give(&p->bead, &b->m) : 0;
}

SEC("tc") __failure
__msg("off=4 doesn't point to kptr")
int beside_the_pointer(struct __sk_buff *skb)
{
	struct pointers *p = found();

	return p ? give(&p->m, 0) : 0;
}

SEC("tc") __failure
__msg("R1 doesn't have constant offset. kptr has to be at the constant offset")
int some_pointer(struct __sk_buff *skb)
{
	struct pointers *p = found();

	return p ? give((char *)&p->bead + (skb->len & 8), 0) : 0;
}

SEC("tc") __failure
__msg("R1 has no valid kptr")
int no_pointer(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct without *w = bpf_map_lookup_elem(&others, &key);

	return w ? give(w, 0) : 0;
}

SEC("tc") __failure
__msg("R1 type=fp expected=map_value, ptr_")
int on_the_stack(struct __sk_buff *skb)
{
	void *pointer = 0;

	return give(&pointer, 0);
}

SEC("tc") __failure
__msg("R2 type=map_value expected=ptr_, trusted_ptr_, rcu_ptr_")
int a_map_value(struct __sk_buff *skb)
{
	struct pointers *p = found();

	return p ? give(&p->bead, p) : 0;
}

SEC("tc") __failure
__msg("R2 type=scalar expected=ptr_, trusted_ptr_, rcu_ptr_")
int given_away_twice(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct bead *b;

	if (!p)
		return 0;
	b = bpf_obj_new(struct bead);
	if (!b)
		return 0;
	give(&p->bead, b);
	return give(&p->bead, b);
}

SEC("tc") __failure
int used_after_it_was_given_away(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct bead *b;

	if (!p)
		return 0;
	b = bpf_obj_new(struct bead);
	if (!b)
		return 0;
	give(&p->bead, b);
	return b->n; // rejects: use-after-unlock
}

SEC("tc") __success
int pushed_after_it_came_back(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct bead *b;

	if (!p)
		return 0;
	b = bpf_kptr_xchg(&p->bead, 0);
	if (!b)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, &b->link, 0, 0);
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("bpf_list_node not found at offset=0")
int something_else_came_back(struct __sk_buff *skb)
{
	struct pointers *p = found();
	struct plain_one *o;

	if (!p)
		return 0;
	o = bpf_kptr_xchg(&p->plain, 0);
	if (!o)
		return 0;
	bpf_spin_lock(&lock);
	bpf_list_push_front_impl(&head, (void *)o, 0, 0); // rejects: graph-node-type
	bpf_spin_unlock(&lock);
	return 0;
}

SEC("tc") __failure
__msg("invalid kptr access, R2 type=ptr_plain_one expected=ptr_bead")
int from_one_place_to_another(struct __sk_buff *skb)
{
	struct pointers *p = found();
	void *o;

	if (!p)
		return 0;
	o = bpf_kptr_xchg(&p->plain, 0);
	return o ? give(&p->bead, o) : 0;
}
