// Once bpf_timer_init and bpf_timer_set_callback have succeeded, bpf_timer_start cannot fail.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_timer timer;
	__u64 refused;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int expire(void *map, __u32 *key, struct flow *flow)
{
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (!flow)
		return TC_ACT_OK;
	long error = bpf_timer_init(&flow->timer, &flows, 1 /* CLOCK_MONOTONIC */);

	if (error && error != -16 /* EBUSY */)
		return TC_ACT_OK;
	if (bpf_timer_set_callback(&flow->timer, expire))
		return TC_ACT_OK;
	if (bpf_timer_start(&flow->timer, 1000, 0))
		__sync_fetch_and_add(&flow->refused, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 49
// states: packet + timer:expire 29
// states: timer:expire + timer:expire 8
// reduced: packet + packet 27
// reduced: packet + timer:expire 29
// reduced: timer:expire + timer:expire 5
