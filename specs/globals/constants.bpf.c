// A constant says whether the lock is used: the object says yes, a loader may say no.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct elem {
	struct bpf_spin_lock lock;
	__u32 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct elem);
} elems SEC(".maps");

const volatile int guarded = 1;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	if (guarded)
		bpf_spin_lock(&e->lock);
	e->count++;
	if (guarded)
		bpf_spin_unlock(&e->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 3
