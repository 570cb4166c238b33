// The old total is put into a hash map, and read again from the value that was inserted.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct total {
	struct bpf_spin_lock lock;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct total);
} totals SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} notes SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct total *total = bpf_map_lookup_elem(&totals, &key);
	__u64 before, after = 0;

	if (!total)
		return TC_ACT_OK;
	bpf_spin_lock(&total->lock);
	before = total->bytes; // expect: lost-update
	bpf_spin_unlock(&total->lock);
	__u32 id = skb->mark;

	bpf_map_update_elem(&notes, &id, &before, BPF_ANY);
	__u64 *note = bpf_map_lookup_elem(&notes, &id);

	if (!note)
		return TC_ACT_OK;
	after = *note;
	bpf_spin_lock(&total->lock);
	total->bytes = after + 1; // expect: lost-update
	bpf_spin_unlock(&total->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 873
// reduced: packet + packet 120
