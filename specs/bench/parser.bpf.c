// Benchmark: a parser with 1,000 branches on packet bytes, none of which matters, before one locked increment.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u32 packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

#define BRANCH(i) if (data[(i) & 63] == ((i) & 255)) sum += (i) * 2654435761u; else sum ^= (i);
#define TEN(i) BRANCH(i) BRANCH(i + 1) BRANCH(i + 2) BRANCH(i + 3) BRANCH(i + 4) BRANCH(i + 5) BRANCH(i + 6) BRANCH(i + 7) BRANCH(i + 8) BRANCH(i + 9)
#define HUNDRED(i) TEN(i) TEN(i + 10) TEN(i + 20) TEN(i + 30) TEN(i + 40) TEN(i + 50) TEN(i + 60) TEN(i + 70) TEN(i + 80) TEN(i + 90)

SEC("xdp")
int parse(struct xdp_md *ctx)
{
	volatile __u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	__u32 key = 0, sum = 0;
	struct flow *flow;

	if ((void *)data + 64 > end)
		return XDP_PASS;
	HUNDRED(0) HUNDRED(100) HUNDRED(200) HUNDRED(300) HUNDRED(400)
	HUNDRED(500) HUNDRED(600) HUNDRED(700) HUNDRED(800) HUNDRED(900)
	flow = bpf_map_lookup_elem(&flows, &key);
	if (!flow)
		return XDP_PASS;
	bpf_spin_lock(&flow->lock);
	flow->packets++;
	bpf_spin_unlock(&flow->lock);
	return sum & 1 ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: parse + parse 39
// reduced: parse + parse 7
