// As list_length, but the length grows once the lock is released.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct bpf_list_head {
	__u64 : 64;
	__u64 : 64;
} __attribute__((aligned(8)));

struct bpf_list_node {
	__u64 : 64;
	__u64 : 64;
	__u64 : 64;
} __attribute__((aligned(8)));

extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 offset) __ksym;
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;

struct item {
	struct bpf_list_node node;
	__u32 size;
};

#define QUEUE SEC(".data.queue") __hidden __attribute__((aligned(8)))

QUEUE struct bpf_spin_lock lock;
QUEUE struct bpf_list_head items __attribute__((btf_decl_tag("contains:item:node")));
QUEUE __u64 length;

SEC("tc")
int enqueue(struct __sk_buff *skb)
{
	struct item *item = bpf_obj_new_impl(__builtin_btf_type_id(*(struct item *)0, 0), 0);

	if (!item)
		return TC_ACT_SHOT;
	item->size = skb->len;
	bpf_spin_lock(&lock);
	bpf_list_push_back_impl(&items, &item->node, 0, 0);
	bpf_spin_unlock(&lock);
	length++; // expect: data-race, lost-update
	return TC_ACT_OK;
}

SEC("tc")
int dequeue(struct __sk_buff *skb)
{
	struct bpf_list_node *node;
	__u32 size;

	bpf_spin_lock(&lock);
	node = bpf_list_pop_front(&items);
	if (node)
		length--; // expect: data-race, lost-update
	bpf_spin_unlock(&lock);
	if (!node)
		return 0;
	size = ((struct item *)node)->size;
	bpf_obj_drop_impl(node, 0);
	return size;
}

char LICENSE[] SEC("license") = "GPL";

// states: enqueue + enqueue 51
// states: enqueue + dequeue 51
// states: dequeue + dequeue 32
// reduced: enqueue + enqueue 17
// reduced: enqueue + dequeue 23
// reduced: dequeue + dequeue 6
