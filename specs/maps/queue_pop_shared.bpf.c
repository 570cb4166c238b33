// As queue_pop, but what is taken out of the queue is written into a global variable: two CPUs write it at once.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 64);
	__type(value, __u32);
} free_ports SEC(".maps");

__u32 last;
__u64 given;

SEC("tc")
int give(struct __sk_buff *skb)
{
	if (bpf_map_pop_elem(&free_ports, &last)) // expect: data-race
		return 0;
	__sync_fetch_and_add(&given, 1);
	return 0;
}

SEC("tc")
int take_back(struct __sk_buff *skb)
{
	__u32 port = skb->mark;

	bpf_map_push_elem(&free_ports, &port, BPF_ANY);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: give + give 23
// states: give + take_back 4
// states: take_back + take_back 1
// reduced: give + give 6
// reduced: give + take_back 3
// reduced: take_back + take_back 1
