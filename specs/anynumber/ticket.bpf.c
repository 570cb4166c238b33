// Whoever draws the ticket that is served next goes in, all others give up. Right, but out of reach: that no two runs have
// one ticket is no matter of what memory holds at a moment.
//
// verdict: INCONCLUSIVE
// options: --cpus any
// reason: data-race may be

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 next, serving, packets;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u64 mine = __sync_fetch_and_add(&next, 1);

	if (__sync_fetch_and_add(&serving, 0) != mine)
		return 0;
	packets++;
	__sync_fetch_and_add(&serving, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: any number of CPUs 1
// states: count + count 67
// reduced: any number of CPUs 1
// reduced: count + count 38
