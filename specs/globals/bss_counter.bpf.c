// A global variable is shared by all CPUs like any map: it lives in an array of one element, .bss.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 unlinked;

SEC("kprobe/do_unlinkat")
int count(void *ctx)
{
	unlinked++; // expect: data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 12
// reduced: count + count 6
