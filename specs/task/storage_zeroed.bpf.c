// As storage_initial, but the value is made of zeroes and filled afterwards: a sampler in between counts in slot 0, which is nobody's.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct task_struct;

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

__u32 first_free = 1;

SEC("fentry/bperf_register")
int enrol(void *ctx)
{
	__u32 slot = __sync_fetch_and_add(&first_free, 1) & 63;
	__u32 *own = bpf_task_storage_get(&slots, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (own)
		*own = slot; // expect: data-race
	return 0;
}

SEC("perf_event")
int sample(void *ctx)
{
	__u32 *slot = bpf_task_storage_get(&slots, bpf_get_current_task_btf(), 0, 0), key;

	if (!slot)
		return 0;
	key = *slot & 63; // expect: data-race
	__u64 *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		__sync_fetch_and_add(counter, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: enrol + enrol 213
// states: enrol + sample 91
// states: sample + sample 81
// states: enrol < sample 96
// states: sample < enrol 96
// states: enrol < sample + enrol < sample 81793
// states: sample < enrol + sample < enrol 70330
// reduced: enrol + enrol 74
// reduced: enrol + sample 50
// reduced: sample + sample 24
// reduced: enrol < sample 61
// reduced: sample < enrol 65
// reduced: enrol < sample + enrol < sample 27673
// reduced: sample < enrol + sample < enrol 24507
