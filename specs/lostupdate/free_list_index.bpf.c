// A free list in one value: which link becomes the new head depends on a head that was read in an earlier section.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct list {
	struct bpf_spin_lock lock;
	__u32 head;
	__u32 next[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct list);
} lists SEC(".maps");

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
	bpf_spin_lock(&list->lock);
	list->head = list->next[head & 3]; // expect: lost-update
	bpf_spin_unlock(&list->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 240
// reduced: packet + packet 47
