// Each packet is counted in one of four slots, by a random number that the program does not bound itself.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

__u64 missed;
__u32 drawn;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 slot = bpf_get_prandom_u32();
	__u64 *packets = bpf_map_lookup_elem(&slots, &slot);

	__sync_lock_test_and_set(&drawn, slot);
	if (packets)
		__sync_fetch_and_add(packets, 1);
	else
		__sync_fetch_and_add(&missed, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 336
// reduced: count + count 62
