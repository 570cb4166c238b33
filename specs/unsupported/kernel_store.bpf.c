// No map, yet memory that others may touch: what a program stores in the kernel's own structures is not followed.
//
// verdict: INCONCLUSIVE
// reason: a store to kernel memory

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct tcp_sock {
	__u32 snd_cwnd;
} __attribute__((preserve_access_index));

SEC("struct_ops/cong_avoid")
int BPF_PROG(cong_avoid, struct tcp_sock *tp, __u32 ack, __u32 acked)
{
	tp->snd_cwnd += acked;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: cong_avoid 1
// reduced: cong_avoid 1
