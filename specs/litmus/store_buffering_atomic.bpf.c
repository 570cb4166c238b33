// SB with atomic operations only: an exchange writes, an add of zero that returns the old value reads.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u32 x, y;

SEC("tc/ingress")
int left(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&x, 1);
	if (!__sync_fetch_and_add(&y, 0))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc/egress")
int right(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&y, 1);
	if (!__sync_fetch_and_add(&x, 0))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: left + left 9
// states: left + right 9
// states: right + right 9
// reduced: left + left 6
// reduced: left + right 9
// reduced: right + right 6
