// Each program takes a lock, but not the same one: nothing keeps them apart.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

/* The kernel tells locks of global variables apart by their section. */
#define private(name) SEC(".data." #name) __attribute__((aligned(8)))

private(in) struct bpf_spin_lock lock_in;
private(out) struct bpf_spin_lock lock_out;
__u64 packets;

SEC("tc/ingress")
int count_in(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock_in);
	packets++; // expect: data-race, lost-update
	bpf_spin_unlock(&lock_in);
	return TC_ACT_OK;
}

SEC("tc/egress")
int count_out(struct __sk_buff *skb)
{
	bpf_spin_lock(&lock_out);
	packets++; // expect: data-race, lost-update
	bpf_spin_unlock(&lock_out);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count_in + count_in 16
// states: count_in + count_out 33
// states: count_out + count_out 16
// reduced: count_in + count_in 3
// reduced: count_in + count_out 9
// reduced: count_out + count_out 3
