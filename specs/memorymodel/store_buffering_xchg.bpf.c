// The right form of store_buffering: each flag is raised by an exchange, which others see before the CPU goes on.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 x, y;
__u32 seen_left, seen_right;

SEC("tc/ingress")
int left(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&x, 1);
	store_release(&seen_left, load_acquire(&y));
	return TC_ACT_OK;
}

SEC("tc/egress")
int right(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&y, 1);
	store_release(&seen_right, load_acquire(&x));
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: left + left 16
// states: left + right 28
// states: right + right 16
// reduced: left + left 10
// reduced: left + right 22
// reduced: right + right 10
