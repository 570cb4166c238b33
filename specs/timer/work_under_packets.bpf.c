// A work item runs its callback in a task of its own, with all interrupts on: the packet's program comes on top of it on the same CPU, and
// next to it on another one.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct bpf_wq {
	__u64 __opaque[2];
} __attribute__((aligned(8)));

extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym;
extern int bpf_wq_set_callback_impl(struct bpf_wq *wq, int (*callback)(void *map, int *key, void *value), unsigned int flags, void *aux) __ksym;

struct flow {
	struct bpf_wq work;
	__u64 packets;
	__u64 reports;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

static int report(void *map, int *key, void *value)
{
	struct flow *f = value;

	f->reports++;
	f->packets = 0; // expect: data-race
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct flow *f = bpf_map_lookup_elem(&flows, &key);

	if (!f)
		return 0;
	__sync_fetch_and_add(&f->packets, 1); // expect: data-race
	bpf_wq_init(&f->work, &flows, 0);
	bpf_wq_set_callback_impl(&f->work, report, 0, (void *)0);
	bpf_wq_start(&f->work, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 86
// states: count + wq:report 133
// states: wq:report + wq:report 32
// states: wq:report < count 117
// states: wq:report < count + wq:report < count 8739
// reduced: count + count 47
// reduced: count + wq:report 86
// reduced: wq:report + wq:report 15
// reduced: wq:report < count 44
// reduced: wq:report < count + wq:report < count 2570
