// The number of turns of bpf_loop comes from the packet: bpfmc follows eight of them, and says so where there are more.
//
// verdict: INCONCLUSIVE
// reason: bpf_loop

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 packets;

static long add(__u32 index, void *ctx)
{
	__sync_fetch_and_add(&packets, 1);
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	bpf_loop(skb->gso_segs, add, 0, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 312
// reduced: count + count 69
