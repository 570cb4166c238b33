// As same_flag, but the flag is cleared by another program: which store comes last is what the flag says.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u32 active;

SEC("tc")
int ingress(struct __sk_buff *skb)
{
	active = 1; // expect: data-race
	return TC_ACT_OK;
}

SEC("tc")
int idle(struct __sk_buff *skb)
{
	active = 0; // expect: data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: ingress + ingress 4
// states: ingress + idle 5
// states: idle + idle 4
// reduced: ingress + ingress 3
// reduced: ingress + idle 4
// reduced: idle + idle 3
