// A counter that stops at its limit, by compare-and-exchange with a bounded number of attempts. The first
// guess is zero, and a failed attempt returns the value for the next one: there is no plain read.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LIMIT 1000
#define ATTEMPTS 4

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *val = bpf_map_lookup_elem(&counters, &key);
	__u64 guess = 0, seen;
	int i;

	if (!val)
		return TC_ACT_OK;
	for (i = 0; i < ATTEMPTS && guess < LIMIT; i++) {
		seen = __sync_val_compare_and_swap(val, guess, guess + 1);
		if (seen == guess)
			break;
		guess = seen;
	}
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 33
// reduced: count + count 19
