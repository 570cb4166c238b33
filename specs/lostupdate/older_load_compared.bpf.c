// A compare-and-exchange protects what it compares. Here it compares with a fresh load, and stores what an older one gave.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u64 total;

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u64 before = __sync_fetch_and_add(&total, 0); // expect: lost-update
	__u64 now = __sync_fetch_and_add(&total, 0);

	__sync_val_compare_and_swap(&total, now, before + skb->len); // expect: lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 34
// reduced: packet + packet 15
