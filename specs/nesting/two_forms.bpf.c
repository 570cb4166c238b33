// A program for one tracepoint in two types, of which the loader takes one: the counter that both of them keep in their own way is never kept in both.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} switches SEC(".maps");

SEC("tp_btf/sched_switch")
int by_btf(void *ctx)
{
	__u32 key = 0;
	__u64 *n = bpf_map_lookup_elem(&switches, &key);

	if (n)
		__sync_fetch_and_add(n, 1);
	return 0;
}

SEC("raw_tp/sched_switch")
int by_number(void *ctx)
{
	__u32 key = 0;
	__u64 *n = bpf_map_lookup_elem(&switches, &key);

	if (n)
		*n += 1; // with --all-alternatives: expect data-race, lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: by_btf + by_btf 4
// reduced: by_btf + by_btf 3
