// Whoever sees a packet sets the flag to 1: which of two comes first changes nothing. Nobody reads it here; user space does, once in a while.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

__u32 active;

SEC("tc")
int ingress(struct __sk_buff *skb)
{
	active = 1;
	return TC_ACT_OK;
}

SEC("tc")
int egress(struct __sk_buff *skb)
{
	active = 1;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: ingress + ingress 4
// states: ingress + egress 4
// states: egress + egress 4
// reduced: ingress + ingress 3
// reduced: ingress + egress 4
// reduced: egress + egress 3
