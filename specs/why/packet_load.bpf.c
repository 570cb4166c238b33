// A legacy packet load under the lock ends the program when the packet is too short: nobody unlocks.

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

unsigned long long load_byte(void *skb, unsigned long long off) asm("llvm.bpf.load.byte");

SEC("tc")
int first_byte(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt += load_byte(skb, 0);
	bpf_spin_unlock(&e->lock);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
