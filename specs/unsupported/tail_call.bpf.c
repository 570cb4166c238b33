// The program array is filled from user space: what runs after the jump is not in the object.
//
// verdict: INCONCLUSIVE
// reason: a tail call to a program that the object does not name

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} stages SEC(".maps");

__u64 rounds;

SEC("tc")
int dispatch(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&rounds, 1);
	bpf_tail_call(skb, &stages, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: dispatch + dispatch 9
// reduced: dispatch + dispatch 6
