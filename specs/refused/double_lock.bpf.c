// Takes the lock that it already holds, and waits for itself for ever.
//
// options: --waive one-lock-held --waive unlock-before-exit
// refused: one-lock-held: function calls are not allowed while holding a lock
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct locked {
	struct bpf_spin_lock lock;
	__u32 cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct locked);
} first SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *e = bpf_map_lookup_elem(&first, &key);

	if (!e)
		return TC_ACT_OK;
	bpf_spin_lock(&e->lock); // allow: lock-discipline, deadlock
	bpf_spin_lock(&e->lock); // expect: lock-discipline, deadlock
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 3
// reduced: count + count 2
