// What follows a tail call runs where there is no program: user space may have taken it out of the array.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 handled, missed;

int handle(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__array(values, int(struct __sk_buff *));
} stages SEC(".maps") = {
	.values = { [0] = &handle },
};

SEC("tc")
int handle(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&handled, 1);
	return 0;
}

SEC("tc")
int dispatch(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &stages, 0);
	missed++; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: handle + handle 4
// states: handle + dispatch 12
// states: dispatch + dispatch 38
// reduced: handle + handle 3
// reduced: handle + dispatch 9
// reduced: dispatch + dispatch 14
