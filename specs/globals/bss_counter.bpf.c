// A global variable is shared by all CPUs like any map: it lives in an array of one element, .bss.
//
// verdict: VIOLATED
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 packets;

SEC("xdp")
int count(struct xdp_md *ctx)
{
	packets++; // expect: data-race, lost-update
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
