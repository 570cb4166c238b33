// With interrupts off, as in a hardirq, bpf_timer_cancel waits for nobody and cancels nothing: it says -EOPNOTSUPP, and nobody looks.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern void bpf_local_irq_save(unsigned long *flags) __ksym;
extern void bpf_local_irq_restore(unsigned long *flags) __ksym;

struct flow {
	struct bpf_timer timer;
	__u64 packets;
	__u64 ticks;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int expire(void *map, __u32 *key, struct flow *f)
{
	f->ticks++; // expect: data-race, lost-update
	return 0;
}

SEC("tc")
int start(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_timer_init(&f->timer, &flows, 1);
	bpf_timer_set_callback(&f->timer, expire);
	bpf_timer_start(&f->timer, 1000000000, 0);
	return 0;
}

SEC("tc")
int stop(struct __sk_buff *skb)
{
	unsigned long flags;
	__u32 key = skb->hash;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	bpf_local_irq_save(&flags);
	bpf_timer_cancel(&f->timer);
	f->ticks = 0; // expect: data-race, lost-update
	bpf_local_irq_restore(&flags);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: start + start 368
// states: start + stop 110
// states: start + timer:expire 193
// states: stop + stop 26
// states: stop + timer:expire 52
// states: timer:expire + timer:expire 72
// reduced: start + start 60
// reduced: start + stop 41
// reduced: start + timer:expire 122
// reduced: stop + stop 12
// reduced: stop + timer:expire 34
// reduced: timer:expire + timer:expire 28
