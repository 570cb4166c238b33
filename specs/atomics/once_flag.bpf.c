// Whoever sets the flag first releases the slot: an atomic or that returns the old flags does it once.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define CLOSED 1

struct connection {
	__u32 flags;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct connection);
} connections SEC(".maps");

__u64 live;

SEC("tc")
int close(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct connection *c = bpf_map_lookup_elem(&connections, &key);

	if (c && !(__sync_fetch_and_or(&c->flags, CLOSED) & CLOSED))
		__sync_fetch_and_sub(&live, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: close + close 67
// reduced: close + close 18
