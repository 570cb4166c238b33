// Returns with the lock held when the limit is reached: whoever comes next waits for ever.
//
// options: --waive unlock-before-exit
// refused: unlock-before-exit: BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define LIMIT 1000

struct hash_elem {
	int cnt;
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hash_elem);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct hash_elem *val = bpf_map_lookup_elem(&counters, &key);

	if (!val)
		return TC_ACT_OK;
	bpf_spin_lock(&val->lock); // expect: lock-discipline, deadlock
	if (val->cnt >= LIMIT)
		return TC_ACT_SHOT; // allow: lock-discipline, deadlock
	val->cnt++;
	bpf_spin_unlock(&val->lock);
	return TC_ACT_OK;
} // allow: lock-discipline, deadlock

char LICENSE[] SEC("license") = "GPL";

// states: count + count 20
// reduced: count + count 11
