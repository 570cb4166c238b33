// The right form of lost_wakeup: both sides store by an exchange.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 lock, waiting;
__u32 woken, sleeps;

SEC("tc/ingress")
int owner(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&lock, 0);
	if (load_acquire(&waiting))
		store_release(&woken, 1);
	return TC_ACT_OK;
}

SEC("tc/egress")
int waiter(struct __sk_buff *skb)
{
	__sync_lock_test_and_set(&waiting, 1);
	if (load_acquire(&lock))
		store_release(&sleeps, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: owner + owner 25
// states: owner + waiter 23
// states: waiter + waiter 25
// reduced: owner + owner 15
// reduced: owner + waiter 22
// reduced: waiter + waiter 15
