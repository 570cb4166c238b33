// Two locks in opposite orders: with resilient locks no deadlock, one of the two is refused.
//
// verdict: HOLDS

#include "resilient.h"

static __always_inline int move(__u32 from, __u32 to)
{
	struct account *a = account(from), *b = account(to);

	if (!a || !b || bpf_res_spin_lock(&a->lock))
		return 0;
	if (!bpf_res_spin_lock(&b->lock)) {
		a->cnt--;
		b->cnt++;
		bpf_res_spin_unlock(&b->lock);
	}
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

SEC("tc/ingress")
int up(struct __sk_buff *skb)
{
	return move(0, 1);
}

SEC("tc/egress")
int down(struct __sk_buff *skb)
{
	return move(1, 0);
}

char LICENSE[] SEC("license") = "GPL";

// states: up + up 47
// states: up + down 61
// states: down + down 47
// reduced: up + up 17
// reduced: up + down 42
// reduced: down + down 17
