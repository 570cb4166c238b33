// The old total is put into an object, which is queued and taken out again before the new total is computed from it.
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
	__u64 total;
};

#define QUEUE SEC(".data.queue") __hidden __attribute__((aligned(8)))

QUEUE struct bpf_spin_lock lock;
QUEUE struct bpf_list_head items __attribute__((btf_decl_tag("contains:item:node")));
QUEUE __u64 total;

SEC("tc")
int add(struct __sk_buff *skb)
{
	struct item *item = bpf_obj_new_impl(__builtin_btf_type_id(*(struct item *)0, 0), 0);
	struct bpf_list_node *node;
	__u64 before;

	if (!item)
		return TC_ACT_SHOT;
	bpf_spin_lock(&lock);
	before = total; // expect: lost-update
	bpf_spin_unlock(&lock);
	item->total = before;
	bpf_spin_lock(&lock);
	bpf_list_push_back_impl(&items, &item->node, 0, 0);
	node = bpf_list_pop_front(&items);
	bpf_spin_unlock(&lock);
	if (!node)
		return TC_ACT_OK;
	before = ((struct item *)node)->total;
	bpf_obj_drop_impl(node, 0);
	bpf_spin_lock(&lock);
	total = before + 1; // expect: lost-update
	bpf_spin_unlock(&lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: add + add 115
// reduced: add + add 25
