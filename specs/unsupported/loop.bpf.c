// bpf_loop runs a callback, which bpfmc does not model yet.
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

// states: count + count 1
// reduced: count + count 1
