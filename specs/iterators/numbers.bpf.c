// A loop over the numbers 1 and 2 counts in the counter of each, atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct bpf_iter_num;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u64 it[1] __attribute__((aligned(8)));
	int *number;

	bpf_iter_num_new((struct bpf_iter_num *)it, 1, 3);
	while ((number = bpf_iter_num_next((struct bpf_iter_num *)it))) {
		__u64 *counter = bpf_map_lookup_elem(&counters, number);

		if (counter)
			__sync_fetch_and_add(counter, 1);
	}
	bpf_iter_num_destroy((struct bpf_iter_num *)it);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 9
// reduced: count + count 6
