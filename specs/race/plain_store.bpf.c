// Two plain stores of the same 4 bytes, and an 8-byte read over them.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

union word {
	__u64 both;
	struct {
		__u32 low;
		__u32 high;
	};
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, union word);
} words SEC(".maps");

SEC("tc/ingress")
int store(struct __sk_buff *skb)
{
	__u32 key = 0;
	union word *w = bpf_map_lookup_elem(&words, &key);

	if (w)
		w->low = skb->mark; // expect: data-race
	return TC_ACT_OK;
}

SEC("tc/egress")
int load(struct __sk_buff *skb)
{
	__u32 key = 0;
	union word *w = bpf_map_lookup_elem(&words, &key);

	return w && w->both ? TC_ACT_SHOT : TC_ACT_OK; // expect: data-race
}

char LICENSE[] SEC("license") = "GPL";

// states: store + store 5
// states: store + load 4
// states: load + load 4
// reduced: store + store 3
// reduced: store + load 4
// reduced: load + load 3
