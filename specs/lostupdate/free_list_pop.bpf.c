// The new head of a free list is found through the old one: two CPUs that have read the same head take the same node.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct list {
	struct bpf_spin_lock lock;
	__u32 head;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct list);
} lists SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} next SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct list *list = bpf_map_lookup_elem(&lists, &key);
	__u32 head;

	if (!list)
		return TC_ACT_OK;
	bpf_spin_lock(&list->lock);
	head = list->head; // expect: lost-update
	bpf_spin_unlock(&list->lock);
	__u32 *node = bpf_map_lookup_elem(&next, &head);

	if (!node)
		return TC_ACT_SHOT;
	bpf_spin_lock(&list->lock);
	list->head = *node; // expect: lost-update
	bpf_spin_unlock(&list->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 86
// reduced: packet + packet 14
