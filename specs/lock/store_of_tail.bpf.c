// A store to the lock word makes it name a queue node of a CPU that is not there: nobody knows what the kernel would write to.
//
// options: --waive field-access --cpus 1 --lock queued
// verdict: INCONCLUSIVE
// reason: a lock whose word names a queue node that does not exist
// refused: field-access: bpf_spin_lock cannot be accessed directly by load/store

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct elem {
	struct bpf_spin_lock lock;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct elem);
} elems SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	*(volatile __u32 *)&e->lock = 63 << 18;
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count 5
// reduced: count 5
