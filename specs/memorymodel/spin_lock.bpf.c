// A spin lock written in BPF: taken by a compare-and-exchange, tried twice, given back by a store. x86 keeps the order of stores, so whoever takes the
// lock next sees the count.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 lock;
__u32 count, refused;

SEC("tc/ingress")
int add(struct __sk_buff *skb)
{
	if (__sync_val_compare_and_swap(&lock, 0, 1) && __sync_val_compare_and_swap(&lock, 0, 1)) {
		__sync_fetch_and_add(&refused, 1);
		return TC_ACT_OK;
	}
	count++;
	store_release(&lock, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: add + add 54
// reduced: add + add 27
