// MP: data, then a flag; whoever sees the flag sees the data. x86 keeps the order of stores, and that of loads.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 data, flag;
__u32 got;

SEC("tc/ingress")
int writer(struct __sk_buff *skb)
{
	store_release(&data, 7);
	store_release(&flag, 1);
	return TC_ACT_OK;
}

SEC("tc/egress")
int reader(struct __sk_buff *skb)
{
	if (load_acquire(&flag))
		store_release(&got, load_acquire(&data));
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: writer + writer 9
// states: writer + reader 19
// states: reader + reader 25
// reduced: writer + writer 6
// reduced: writer + reader 17
// reduced: reader + reader 15
