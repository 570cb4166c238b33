// A helper called under the lock takes the lock again: an update with BPF_F_LOCK of the element that is locked.

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
int update(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	struct elem copy = {.cnt = 1};

	bpf_spin_lock(&e->lock);
	bpf_map_update_elem(&elems, &key, &copy, 4 /* BPF_F_LOCK */);
	bpf_spin_unlock(&e->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
