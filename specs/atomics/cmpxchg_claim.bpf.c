// A slot is claimed by compare-and-exchange: only the CPU that claimed it writes its data, so no write needs a lock.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct slot {
	__u64 taken;
	__u64 data;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct slot);
} slots SEC(".maps");

SEC("tc")
int claim(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct slot *slot = bpf_map_lookup_elem(&slots, &key);

	if (!slot)
		return TC_ACT_OK;
	if (__sync_val_compare_and_swap(&slot->taken, 0, 1) == 0)
		slot->data = skb->len;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: claim + claim 12
// reduced: claim + claim 7
