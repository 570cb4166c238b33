// A flag of .data that is set from the start, and never again: contents of maps may be anything, so one run may find it set.
//
// verdict: VIOLATED
// options: --cpus any

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int ready = 1;
__u64 packets;

SEC("tc")
int count(struct __sk_buff *skb)
{
	if (__sync_fetch_and_add(&ready, 0) == 1)
		packets++; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 26
// reduced: count + count 12
