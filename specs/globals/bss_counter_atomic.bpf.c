// The right form of bss_counter: an atomic add.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 unlinked;

SEC("kprobe/do_unlinkat")
int count(void *ctx)
{
	__sync_fetch_and_add(&unlinked, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 4
// reduced: count + count 3
