// The bytes that a socket sends are counted in its storage without atomicity: two CPUs that send on one socket lose some.
//
// verdict: VIOLATED
// options: --interrupts none

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} sent SEC(".maps");

SEC("cgroup_skb/egress")
int count(struct __sk_buff *skb)
{
	__u64 *bytes = skb->sk ? bpf_sk_storage_get(&sent, skb->sk, 0, BPF_SK_STORAGE_GET_F_CREATE) : 0;

	if (bytes)
		*bytes += skb->len; // expect: data-race, lost-update
	return 1;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 240
// reduced: count + count 82
