// The new tail is what a loop over numbers hands out, and the loop begins at the tail that was read before: two CPUs may take the same place.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct bpf_iter_num {
	__u64 state[1];
} __attribute__((aligned(8)));
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

struct queue {
	struct bpf_spin_lock lock;
	__u32 tail;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct queue);
} queues SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct queue *queue = bpf_map_lookup_elem(&queues, &key);
	struct bpf_iter_num it;
	__u32 tail;
	int *number;

	if (!queue)
		return TC_ACT_OK;
	bpf_spin_lock(&queue->lock);
	tail = queue->tail & 7; // expect: lost-update
	bpf_spin_unlock(&queue->lock);
	bpf_iter_num_new(&it, tail + 1, 9);
	number = bpf_iter_num_next(&it);
	if (number) {
		bpf_spin_lock(&queue->lock);
		queue->tail = *number; // expect: lost-update
		bpf_spin_unlock(&queue->lock);
	}
	bpf_iter_num_destroy(&it);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 40
// reduced: packet + packet 7
