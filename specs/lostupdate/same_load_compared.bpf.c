// A compare-and-exchange that compares with what it has computed from: it fails when somebody else was faster.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 total;

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u64 before = __sync_fetch_and_add(&total, 0);

	__sync_val_compare_and_swap(&total, before, before + skb->len);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 16
// reduced: packet + packet 8
