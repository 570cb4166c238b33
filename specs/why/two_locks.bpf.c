// An element with two locks: two programs guard the same counter, each by another one.

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct elem {
	struct bpf_spin_lock first;
	struct bpf_spin_lock second;
	int cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct elem);
} elems SEC(".maps");

SEC("tc")
int ingress(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->first);
	e->cnt++;
	bpf_spin_unlock(&e->first);
	return 0;
}

SEC("tc")
int egress(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->second);
	e->cnt++;
	bpf_spin_unlock(&e->second);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
