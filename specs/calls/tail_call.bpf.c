// Two programs in a program array; a dispatcher jumps to the one that the packet's mark names. The increment is
// the called program's: nothing orders it.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

int count(struct __sk_buff *skb);
int pass(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, sizeof(__u32));
	__array(values, int(struct __sk_buff *));
} stages SEC(".maps") = {
	.values = { [1] = &count, [3] = &pass },
};

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *n = bpf_map_lookup_elem(&packets, &key);

	if (n)
		*n += 1; // expect: data-race, lost-update
	return 0;
}

SEC("tc")
int pass(struct __sk_buff *skb)
{
	return 0;
}

SEC("tc")
int dispatch(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &stages, skb->mark);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 12
// states: count + dispatch 18
// states: dispatch + dispatch 28
// states: pass 1
// reduced: count + count 6
// reduced: count + dispatch 13
// reduced: dispatch + dispatch 13
// reduced: pass 1
