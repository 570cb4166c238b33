// The new head of a list is what the longest prefix of the old one says: two CPUs that have read the same head take the same node.
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

struct prefix {
	__u32 length;
	__u32 head;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 64);
	__type(key, struct prefix);
	__type(value, __u32);
} next SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct list *list = bpf_map_lookup_elem(&lists, &key);
	struct prefix prefix = {32, 0};
	__u32 *node;

	if (!list)
		return TC_ACT_OK;
	bpf_spin_lock(&list->lock);
	prefix.head = list->head; // expect: lost-update
	bpf_spin_unlock(&list->lock);
	node = bpf_map_lookup_elem(&next, &prefix);
	if (!node)
		return TC_ACT_OK;
	bpf_spin_lock(&list->lock);
	list->head = *node; // expect: lost-update
	bpf_spin_unlock(&list->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 49
// reduced: packet + packet 12
