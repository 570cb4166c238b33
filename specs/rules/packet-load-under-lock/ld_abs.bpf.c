// LD_ABS may end the program.

#include "../rules.h"

unsigned long long load_byte(void *skb, unsigned long long off) asm("llvm.bpf.load.byte");

struct elems elems SEC(".maps");

SEC("tc") __failure
__msg("BPF_LD_[ABS|IND] cannot be used inside bpf_spin_lock-ed region")
int inside(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_spin_lock(&e->lock);
	e->cnt = load_byte(skb, 0); // rejects: packet-load-under-lock
	bpf_spin_unlock(&e->lock);
	return 0;
}

SEC("tc") __success
int before(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	int byte = load_byte(skb, 0);

	bpf_spin_lock(&e->lock);
	e->cnt = byte;
	bpf_spin_unlock(&e->lock);
	return 0;
}
