// Before Linux 6.2 the kernel did not follow locks in global data.
//
// kernel 5.15: count rejects unlock-without-lock
// kernel 6.1: count rejects unlock-without-lock
// kernel 6.6: count accepts

#include "../rules.h"

private(A) struct bpf_spin_lock lock;
private(A) int counter;

SEC("tc") __success
int count(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock);
	counter++;
	bpf_spin_unlock(&lock);
	return 0;
}
