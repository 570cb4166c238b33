// A program that calls itself: the kernel ends the chain after 33 tail calls, each of which counts once, so that
// the 34 increments of each run are all there, as long as user space leaves the program where it is.
//
// verdict: HOLDS
// options: --fixed-programs self

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int again(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__array(values, int(struct __sk_buff *));
} self SEC(".maps") = {
	.values = { [0] = &again },
};

__u64 rounds;

SEC("tc")
int again(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&rounds, 1);
	bpf_tail_call(skb, &self, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: again + again 1225
// reduced: again + again 630
