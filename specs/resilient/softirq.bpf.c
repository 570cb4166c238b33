// A packet comes while a task has the lock, whose interrupts are on: the packet's program is refused (-EDEADLK) and leaves
// the data alone. That its packet goes uncounted is in scenarios.yaml.
//
// verdict: HOLDS

#include "resilient.h"

SEC("cgroup/connect4")
int connecting(struct bpf_sock_addr *ctx)
{
	struct account *a = account(0);

	if (!a || bpf_res_spin_lock(&a->lock))
		return 1;
	a->cnt++;
	bpf_res_spin_unlock(&a->lock);
	return 1;
}

SEC("tc")
int packet(struct __sk_buff *skb)
{
	struct account *a = account(0);
	int refused;

	if (!a)
		return 0;
	refused = bpf_res_spin_lock(&a->lock);
	if (refused)
		return refused;
	a->cnt++;
	bpf_res_spin_unlock(&a->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: connecting + connecting 23
// states: connecting + packet 23
// states: packet + packet 23
// states: connecting < packet 31
// states: connecting < packet + connecting < packet 718
// reduced: connecting + connecting 9
// reduced: connecting + packet 16
// reduced: packet + packet 9
// reduced: connecting < packet 12
// reduced: connecting < packet + connecting < packet 207
