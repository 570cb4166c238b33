// Three of four lines that touch a flow's bytes hold its lock. One program forgets it: that line is to blame, not those that lock.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static struct flow *the_flow(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&flows, &key);
}

SEC("tc")
int ingress(struct __sk_buff *skb)
{
	struct flow *flow = the_flow();

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->bytes += skb->len; // expect: data-race, lost-update
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("tc")
int egress(struct __sk_buff *skb)
{
	struct flow *flow = the_flow();

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->bytes += skb->len; // expect: data-race, lost-update
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("tc")
int reset(struct __sk_buff *skb)
{
	struct flow *flow = the_flow();

	if (!flow)
		return TC_ACT_OK;
	bpf_spin_lock(&flow->lock);
	flow->bytes = 0; // expect: data-race, lost-update
	bpf_spin_unlock(&flow->lock);
	return TC_ACT_OK;
}

SEC("tc")
int redirected(struct __sk_buff *skb)
{
	struct flow *flow = the_flow();

	if (!flow)
		return TC_ACT_OK;
	flow->bytes += skb->len; // expect: data-race, lost-update
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: ingress + ingress 16
// states: ingress + egress 16
// states: ingress + reset 15
// states: ingress + redirected 22
// states: egress + egress 16
// states: egress + reset 15
// states: egress + redirected 22
// states: reset + reset 12
// states: reset + redirected 18
// states: redirected + redirected 13
// reduced: ingress + ingress 3
// reduced: ingress + egress 4
// reduced: ingress + reset 4
// reduced: ingress + redirected 12
// reduced: egress + egress 3
// reduced: egress + reset 4
// reduced: egress + redirected 12
// reduced: reset + reset 3
// reduced: reset + redirected 9
// reduced: redirected + redirected 6
