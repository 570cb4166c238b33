// Two fields whose product is a number of 64 bits with two large prime factors: to find them is more than the solver tries, so the
// findings stay possible, and say why.
//
// verdict: VIOLATED
// possible: the solver met more than

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 met;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u64 mark = skb->mark, priority = skb->priority;

	/* 3301746797 * 3356063771 */
	if (mark > 1 && priority > mark && mark * priority == 11080872806426991487ULL)
		met++; // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 12
