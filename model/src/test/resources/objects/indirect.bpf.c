// A call through a register (callx), which no kernel accepts, beside a program that is as good as any.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int (*handlers[2])(struct xdp_md *);

SEC("xdp")
int through_pointer(struct xdp_md *ctx)
{
	return handlers[ctx->ingress_ifindex & 1](ctx);
}

SEC("xdp")
int pass(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
