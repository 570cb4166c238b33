// An object is given up before the program ends: dropped, or handed to a list, a tree or a map value.

#include "../rules.h"

struct bead {
	struct bpf_list_node link;
	__u64 n;
};

#define __kptr __attribute__((btf_type_tag("kptr")))

struct box {
	struct bpf_spin_lock lock;
	struct bpf_list_head head __contains(bead, link);
	struct bead __kptr *kept;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct box);
} boxes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} calls SEC(".maps");

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog would lead to reference leak")
int forgotten(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (!b)
		return 0;
	if (skb->len > 64)
		bpf_obj_drop_impl(b, 0);
	return 0;
} // rejects: reference-leak

SEC("tc") __success
int dropped(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (b)
		bpf_obj_drop_impl(b, 0);
	return 0;
}

SEC("tc") __failure
__msg("tail_call would lead to reference leak")
int handed_to_nobody(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (!b)
		return 0;
	bpf_tail_call(skb, &calls, 0); // rejects: reference-leak
	bpf_obj_drop_impl(b, 0);
	return 0;
}

SEC("tc") __failure
__msg("bpf_throw would lead to reference leak")
int thrown_over(struct __sk_buff *skb)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (!b)
		return 0;
	if (skb->len > 64)
		bpf_throw(1); // rejects: reference-leak
	bpf_obj_drop_impl(b, 0);
	return 0;
}

static __noinline struct bead *made(__u64 n)
{
	struct bead *b = bpf_obj_new(struct bead);

	if (b)
		b->n = n;
	return b;
}

SEC("tc") __success
int handed_to_the_caller(struct __sk_buff *skb)
{
	struct bead *b = made(skb->len);

	if (b)
		bpf_obj_drop_impl(b, 0);
	return 0;
}

SEC("tc") __success
int pushed_and_kept(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct box *box = bpf_map_lookup_elem(&boxes, &key);
	struct bead *b = bpf_obj_new(struct bead), *c;

	if (!b)
		return 0;
	if (!box) {
		bpf_obj_drop_impl(b, 0);
		return 0;
	}
	bpf_spin_lock(&box->lock);
	bpf_list_push_front_impl(&box->head, &b->link, 0, 0);
	bpf_spin_unlock(&box->lock);
	c = bpf_obj_new(struct bead);
	if (!c)
		return 0;
	c = bpf_kptr_xchg(&box->kept, c);
	if (c)
		bpf_obj_drop_impl(c, 0);
	return 0;
}

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog would lead to reference leak")
int popped_and_forgotten(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct box *box = bpf_map_lookup_elem(&boxes, &key);
	struct bpf_list_node *node;

	if (!box)
		return 0;
	bpf_spin_lock(&box->lock);
	node = bpf_list_pop_front(&box->head);
	bpf_spin_unlock(&box->lock);
	return node != 0;
} // rejects: reference-leak

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog would lead to reference leak")
int exchanged_and_forgotten(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct box *box = bpf_map_lookup_elem(&boxes, &key);

	if (!box)
		return 0;
	return bpf_kptr_xchg(&box->kept, 0) != 0;
} // rejects: reference-leak
