// As socket_redirect, but packets without a socket are counted by a load and a store.
//
// verdict: VIOLATED

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
	missed++; // expect: data-race, lost-update
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: steer + steer 28
// reduced: steer + steer 12
