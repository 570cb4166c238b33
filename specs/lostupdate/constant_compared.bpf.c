// The state must be 5 for the exchange, and it may have come to be 5 only after it was read.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 state;

SEC("tc")
int advance(struct __sk_buff *skb)
{
	__u64 before = __sync_fetch_and_add(&state, 0); // expect: lost-update

	__sync_val_compare_and_swap(&state, 5, before + 1); // expect: lost-update
	return TC_ACT_OK;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&state, 1); // expect: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: advance + advance 22
// states: advance + count 10
// states: count + count 4
// reduced: advance + advance 12
// reduced: advance + count 9
// reduced: count + count 3
