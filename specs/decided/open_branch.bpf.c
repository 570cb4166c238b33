// The near miss of closed_branches: two fields whose product is one certain number, which guesses do not find.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 met;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 mark = skb->mark, priority = skb->priority;

	if (mark > 100000 && priority > 10 && mark * priority == 0x12345679)
		met++; // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 12
