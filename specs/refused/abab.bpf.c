// Two locks, taken in the same order by both programs: no deadlock, but the CPU has one word to keep the interrupt state
// in. The second lock overwrites what the first one saved, so interrupts stay off after both are released.
//
// options: --waive one-lock-held
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

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct locked);
} second SEC(".maps");

SEC("tc/ingress")
int ingress(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *a = bpf_map_lookup_elem(&first, &key);
	struct locked *b = bpf_map_lookup_elem(&second, &key);

	if (!a || !b)
		return TC_ACT_OK;
	bpf_spin_lock(&a->lock); // expect: interrupt-state
	bpf_spin_lock(&b->lock);
	a->cnt++;
	b->cnt--;
	bpf_spin_unlock(&b->lock);
	bpf_spin_unlock(&a->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int egress(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *a = bpf_map_lookup_elem(&first, &key);
	struct locked *b = bpf_map_lookup_elem(&second, &key);

	if (!a || !b)
		return TC_ACT_OK;
	bpf_spin_lock(&a->lock); // expect: interrupt-state
	bpf_spin_lock(&b->lock);
	a->cnt++;
	b->cnt--;
	bpf_spin_unlock(&b->lock);
	bpf_spin_unlock(&a->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: ingress + ingress 32
// states: ingress + egress 32
// states: egress + egress 32
// reduced: ingress + ingress 17
// reduced: ingress + egress 32
// reduced: egress + egress 17
