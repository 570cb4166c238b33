// Peterson's lock, tried once: raise the own flag, let the other one go first, go in unless both are against it. Right where memory is
// sequentially consistent. On x86 both go in: each has looked at the other's flag before its own was seen.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 left_wants, right_wants, turn;
__u32 inside, both;

static void enter(void)
{
	if (__sync_fetch_and_add(&inside, 1))
		store_release(&both, 1);
	__sync_fetch_and_add(&inside, -1);
}

SEC("tc/ingress")
int left(struct __sk_buff *skb)
{
	store_release(&left_wants, 1);
	store_release(&turn, 1);
	if (!load_acquire(&right_wants) || load_acquire(&turn) == 0)
		enter();
	store_release(&left_wants, 0);
	return TC_ACT_OK;
}

SEC("tc/egress")
int right(struct __sk_buff *skb)
{
	store_release(&right_wants, 1);
	store_release(&turn, 0);
	if (!load_acquire(&left_wants) || load_acquire(&turn) == 1)
		enter();
	store_release(&right_wants, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: left + left 188
// states: left + right 162
// states: right + right 188
// reduced: left + left 64
// reduced: left + right 116
// reduced: right + right 64
