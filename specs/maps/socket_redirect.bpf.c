// Packets go to the socket of their queue, if there is one; those without are counted atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_XSKMAP);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} sockets SEC(".maps");

__u64 missed;

SEC("xdp")
int steer(struct xdp_md *ctx)
{
	__u32 queue = ctx->rx_queue_index;

	if (bpf_map_lookup_elem(&sockets, &queue))
		return bpf_redirect_map(&sockets, queue, XDP_PASS);
	__sync_fetch_and_add(&missed, 1);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: steer + steer 16
// reduced: steer + steer 9
