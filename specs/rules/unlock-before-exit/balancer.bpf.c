// A load balancer of eight thousand instructions: layers of headers, options, and a table of 96 services written out that lock a
// connection's element each. There are more than 2^96 ways through it; little of what they compute decides anything about the locks.

#include "../rules.h"
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>

struct flow {
	__u32 from, to;
	__u16 source, dest;
	__u32 service;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow);
	__type(value, struct elem);
} connections SEC(".maps");

struct elems elems SEC(".maps");

struct packet {
	struct flow flow;
	__u32 hash, mark, class;
	__u16 length, options;
};

static __always_inline int parsed(struct xdp_md *ctx, struct packet *p)
{
	void *at = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = at;
	__u16 proto;

	if ((void *)(eth + 1) > end)
		return -1;
	proto = eth->h_proto;
	at = eth + 1;
#pragma unroll
	for (int i = 0; i < 3; i++) {
		if (proto != bpf_htons(ETH_P_8021Q))
			break;
		if (at + 4 > end)
			return -1;
		proto = *(__u16 *)(at + 2);
		p->class += *(__u16 *)at;
		at += 4;
	}
	if (proto != bpf_htons(ETH_P_IP))
		return -1;
	struct iphdr *ip = at;

	if ((void *)(ip + 1) > end)
		return -1;
	p->flow.from = ip->saddr;
	p->flow.to = ip->daddr;
	p->length = ip->tot_len;
	if (ip->protocol != IPPROTO_TCP || ip->ihl != 5)
		return -1;
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp + 1) > end)
		return -1;
	p->flow.source = tcp->source;
	p->flow.dest = tcp->dest;
	if (tcp->syn)
		p->mark |= 1;
	if (tcp->rst)
		p->mark |= 2;
	__u8 *option = (void *)(tcp + 1);

#pragma unroll
	for (int i = 0; i < 8; i++) {
		if ((void *)(option + 2) > end)
			break;
		if (option[0] == 0)
			break;
		if (option[0] == 5)
			p->options++;
		else if (option[1] > 4)
			p->options += 2;
		option += 2;
	}
	return 0;
}

#define MIX(h, x) ((h) = ((h) ^ (x)) * 0x9e3779b1, (h) ^= (h) >> 15)

#define SERVICE(n)                                                                         \
	do {                                                                               \
		__u32 h = p.hash;                                                          \
                                                                                           \
		MIX(h, p.flow.from + (n));                                                   \
		MIX(h, p.flow.to ^ ((n) << 8));                                              \
		MIX(h, p.flow.source * ((n) + 3));                                           \
		if (p.flow.dest == bpf_htons(1000 + (n)))                                    \
			p.mark += (n);                                                       \
		else if (h & (1 << ((n) & 15)))                                              \
			p.class ^= h;                                                      \
		if ((p.class >> ((n) & 7)) & 1)                                              \
			p.hash += h;                                                       \
		if (p.length > 64 * (n))                                                     \
			p.mark ^= p.length;                                                \
		p.flow.service = (n);                                                        \
		if (p.flow.to == bpf_htonl(0x0a000000 + (n))) {                              \
			struct elem *e = bpf_map_lookup_elem(&connections, &p.flow);       \
                                                                                           \
			if (e) {                                                           \
				bpf_spin_lock(&e->lock);                                   \
				e->cnt += p.mark;                                          \
				if (e->sum < p.hash)                                       \
					e->sum = p.hash;                                   \
				bpf_spin_unlock(&e->lock);                                 \
			} else if (p.mark & 1) {                                           \
				struct elem fresh = { .cnt = (n), .sum = h };                \
                                                                                           \
				bpf_map_update_elem(&connections, &p.flow, &fresh, 0);     \
			}                                                                  \
		}                                                                          \
		barrier_var(p.hash);                                                       \
	} while (0);

#define FOUR(n) SERVICE(n) SERVICE(n + 1) SERVICE(n + 2) SERVICE(n + 3)
#define SIXTEEN(n) FOUR(n) FOUR(n + 4) FOUR(n + 8) FOUR(n + 12)

SEC("xdp") __success
int balances(struct xdp_md *ctx)
{
	struct packet p = {};

	if (parsed(ctx, &p))
		return XDP_PASS;
	SIXTEEN(0) SIXTEEN(16) SIXTEEN(32) SIXTEEN(48) SIXTEEN(64) SIXTEEN(80)
	return p.mark & 2 ? XDP_TX : XDP_PASS;
}

SEC("xdp") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region")
int balances_and_forgets(struct xdp_md *ctx)
{
	struct packet p = {};
	__u32 key = 0;

	if (parsed(ctx, &p))
		return XDP_PASS;
	SIXTEEN(0)
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return XDP_PASS;
	bpf_spin_lock(&e->lock);
	e->sum += p.hash;
	if (p.mark == 77)
		return XDP_DROP;
	bpf_spin_unlock(&e->lock);
	return p.mark & 2 ? XDP_TX : XDP_PASS;
} // rejects: unlock-before-exit
