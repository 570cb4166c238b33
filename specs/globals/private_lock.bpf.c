// A global lock beside the counter that it guards, in a data section of their own.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The kernel tells locks of global variables apart by their section. */
#define private(name) SEC(".data." #name) __attribute__((aligned(8)))

private(counter) struct bpf_spin_lock lock;
private(counter) __u64 packets;

SEC("xdp")
int count(struct xdp_md *ctx)
{
	bpf_spin_lock(&lock);
	packets++;
	bpf_spin_unlock(&lock);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 3
