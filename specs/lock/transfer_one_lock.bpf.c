// Moves credit from one of two elements to the other. Only one lock can be held at a time, and the program
// takes that of the giver only: the receiver is the giver of a packet that goes the other way.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct account {
	struct bpf_spin_lock lock;
	__u32 credit;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct account);
} accounts SEC(".maps");

SEC("tc")
int transfer(struct __sk_buff *skb)
{
	__u32 giver = skb->mark & 1, receiver = !giver;
	struct account *from = bpf_map_lookup_elem(&accounts, &giver);
	struct account *to = bpf_map_lookup_elem(&accounts, &receiver);

	if (!from || !to)
		return TC_ACT_OK;
	bpf_spin_lock(&from->lock);
	from->credit--; // expect: data-race, lost-update
	to->credit++; // expect: data-race, lost-update
	bpf_spin_unlock(&from->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: transfer + transfer 258
// reduced: transfer + transfer 49
