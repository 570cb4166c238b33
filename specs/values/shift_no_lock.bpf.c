// shift_under_lock without its lock: a size that another CPU has already moved up is moved again.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define SLOTS 8

struct ring {
	struct bpf_spin_lock lock;
	__u32 sizes[SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ring);
} rings SEC(".maps");

SEC("tc")
int push(struct __sk_buff *skb)
{
	__u32 key = 0, len = skb->len;
	struct ring *r = bpf_map_lookup_elem(&rings, &key);
	int i;

	if (!r)
		return TC_ACT_OK;
	for (i = SLOTS - 1; i > 0; i--) {
		barrier_var(i); /* keeps clang from unrolling the loop */
		r->sizes[i] = r->sizes[i - 1]; // expect: data-race
	}
	r->sizes[0] = len; // expect: data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: push + push 44194
// reduced: push + push 17585
