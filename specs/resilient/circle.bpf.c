// Three locks in a circle. The kernel finds two CPUs that wait for each other, not three: only a timeout ends their waiting.
// Without timeouts they wait for ever (scenarios.yaml).
//
// verdict: HOLDS

#include "resilient.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3);
	__type(key, __u32);
	__type(value, struct account);
} circle SEC(".maps");

static __always_inline int move(__u32 from, __u32 to)
{
	struct account *a = bpf_map_lookup_elem(&circle, &from), *b = bpf_map_lookup_elem(&circle, &to);

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
int first(struct __sk_buff *skb)
{
	return move(0, 1);
}

SEC("tc/ingress")
int second(struct __sk_buff *skb)
{
	return move(1, 2);
}

SEC("tc/ingress")
int third(struct __sk_buff *skb)
{
	return move(2, 0);
}

char LICENSE[] SEC("license") = "GPL";

// states: first + first 47
// states: first + second 69
// states: first + third 69
// states: second + second 47
// states: second + third 69
// states: third + third 47
// reduced: first + first 17
// reduced: first + second 54
// reduced: first + third 54
// reduced: second + second 17
// reduced: second + third 54
// reduced: third + third 17
