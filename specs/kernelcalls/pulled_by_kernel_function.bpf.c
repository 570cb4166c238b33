// A packet that was too short for its header may reach as far after bpf_xdp_pull_data: what was known of it before says nothing any more.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern int bpf_xdp_pull_data(struct xdp_md *x, __u32 len) __ksym;

__u64 long_packets;

SEC("xdp")
int count(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	if (data + 64 <= end)
		return XDP_PASS;
	bpf_xdp_pull_data(ctx, 64);
	data = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	if (data + 64 <= end)
		long_packets++; // expect: data-race, lost-update
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 12
