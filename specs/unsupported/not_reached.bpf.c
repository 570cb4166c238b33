// bpf_loop stands behind a constant that the object sets to false: no run reaches it.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

const volatile _Bool per_segment = 0;

__u64 packets;

static long add(__u32 index, void *ctx)
{
	__sync_fetch_and_add(&packets, 1);
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	if (per_segment)
		bpf_loop(skb->gso_segs, add, 0, 0);
	else
		__sync_fetch_and_add(&packets, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 4
// reduced: count + count 3
