// One source for every instruction set version: 32-bit arithmetic, sign extension, byte swaps, atomics, long jumps.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

#if __BPF_CPU_VERSION__ >= 4
typedef int quotient;
#else
typedef unsigned int quotient; /* signed division came with v4 */
#endif

struct pair {
	int small;
	short half;
	signed char byte;
	long long wide;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct pair);
} pairs SEC(".maps");

SEC("xdp")
int work(struct xdp_md *ctx)
{
	__u32 key = ctx->rx_queue_index & 3;
	struct pair *p = bpf_map_lookup_elem(&pairs, &key);

	if (!p)
		return XDP_ABORTED;
	p->wide = p->half + p->byte;
	p->small = (quotient)p->wide / 7 + bpf_htonl(p->small);
	if (p->small < (int)key)
		__sync_fetch_and_add(&p->wide, 3);
	return (quotient)p->small % 5 ? XDP_PASS : XDP_DROP;
}

char _license[] SEC("license") = "GPL";
