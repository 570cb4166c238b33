// The near miss of slots_of_one_counter: with three slots the remainder decides, and where the counter wraps, from
// 18446744073709551615 to 0, one number and the next are both multiples of three.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

__u64 next;

SEC("tc")
int sample(struct __sk_buff *skb)
{
	__u64 ticket = __sync_fetch_and_add(&next, 1);
	__u32 index = ticket % 3;
	__u64 *slot = bpf_map_lookup_elem(&slots, &index);

	if (slot)
		*slot = ticket; // expect: data-race
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: sample + sample 79
// reduced: sample + sample 20
