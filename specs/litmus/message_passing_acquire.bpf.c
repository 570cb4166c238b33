// MP by load-acquire and store-release, instructions of their own since cpu v4 of clang 20 and Linux 6.15. They
// are atomic, so they do not race; the order that they give matters once memory is weak.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#ifndef __BPF_FEATURE_LOAD_ACQ_STORE_REL
#error "build this one with clang 20 or newer and -mcpu=v4"
#endif

__u32 data, flag;

SEC("tc/ingress")
int left(struct __sk_buff *skb)
{
	__atomic_store_n(&data, 1, __ATOMIC_RELEASE);
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	return TC_ACT_OK;
}

SEC("tc/egress")
int right(struct __sk_buff *skb)
{
	if (__atomic_load_n(&flag, __ATOMIC_ACQUIRE) && !__atomic_load_n(&data, __ATOMIC_ACQUIRE))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: left + left 9
// states: left + right 9
// states: right + right 9
// reduced: left + left 6
// reduced: left + right 9
// reduced: right + right 6
