// Ports are taken out of a queue and put back, which the kernel does under a lock of its own: nothing but the number given is shared, and it is counted atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 64);
	__type(value, __u32);
} free_ports SEC(".maps");

__u64 given;

SEC("tc")
int give(struct __sk_buff *skb)
{
	__u32 port;

	if (bpf_map_pop_elem(&free_ports, &port))
		return 0;
	__sync_fetch_and_add(&given, 1);
	return port;
}

SEC("tc")
int take_back(struct __sk_buff *skb)
{
	__u32 port = skb->mark;

	bpf_map_push_elem(&free_ports, &port, BPF_ANY);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: give + give 16
// states: give + take_back 4
// states: take_back + take_back 1
// reduced: give + give 9
// reduced: give + take_back 4
// reduced: take_back + take_back 1
