// A lock made of a word that is exchanged: who finds 0 owns the data until it puts 0 back. It is nobody's bpf_spin_lock,
// so the proof has to keep the word.
//
// verdict: HOLDS
// options: --cpus any

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int busy;
__u64 packets, bytes;

SEC("tc")
int count(struct __sk_buff *skb)
{
	if (__sync_val_compare_and_swap(&busy, 0, 1) != 0)
		return 0;
	packets++;
	bytes += skb->len;
	__sync_lock_test_and_set(&busy, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: any number of CPUs 20
// reduced: any number of CPUs 20
