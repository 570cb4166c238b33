// A thread's value in task storage is made with its number in it: a sampler on top of the thread sees no value, or the number.
//
// verdict: HOLDS

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

	bpf_task_storage_get(&slots, bpf_get_current_task_btf(), &slot, BPF_LOCAL_STORAGE_GET_F_CREATE);
	return 0;
}

SEC("perf_event")
int sample(void *ctx)
{
	__u32 *slot = bpf_task_storage_get(&slots, bpf_get_current_task_btf(), 0, 0), key;

	if (!slot)
		return 0;
	key = *slot & 63;
	__u64 *counter = bpf_map_lookup_elem(&counters, &key);

	if (counter)
		__sync_fetch_and_add(counter, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: enrol + enrol 91
// states: enrol + sample 66
// states: sample + sample 81
// states: enrol < sample 67
// states: sample < enrol 74
// states: enrol < sample + enrol < sample 28828
// states: sample < enrol + sample < enrol 31717
// reduced: enrol + enrol 39
// reduced: enrol + sample 47
// reduced: sample + sample 24
// reduced: enrol < sample 42
// reduced: sample < enrol 57
// reduced: enrol < sample + enrol < sample 11270
// reduced: sample < enrol + sample < enrol 12353
