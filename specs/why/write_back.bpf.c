// A program copies the value with its lock and writes both back later: the lock is taken that nobody owns.

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
	bpf_spin_lock(&e->lock);
	e->cnt++;
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc")
int backup(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	__u32 lock = *(volatile __u32 *)&e->lock;

	bpf_spin_lock(&e->lock);
	e->cnt--;
	bpf_spin_unlock(&e->lock);
	*(volatile __u32 *)&e->lock = lock;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
