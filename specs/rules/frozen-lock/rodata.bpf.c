// A lock in read-only data.
//
// map: rejects frozen-lock

#include "../rules.h"

struct bpf_spin_lock lock SEC(".rodata.locks");

SEC("tc") __failure
int use(struct __sk_buff *skb)
{
	if (skb->len > sizeof(lock) + ((volatile __u32 *)&lock == 0))
		return 1;
	return 0;
}
