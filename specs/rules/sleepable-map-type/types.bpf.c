// Sleepable programs and maps.

#include "../rules.h"

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 80);
} stacks SEC(".maps");

struct elems elems SEC(".maps");

SEC("fentry.s/bpf_testmod_test_read") __failure
__msg("Sleepable programs can only use array, hash, ringbuf and local storage maps")
int stacks_in_a_sleepable_program(void *ctx)
{
	bpf_get_stackid(ctx, &stacks, 0); // rejects: sleepable-map-type
	return 0;
}

SEC("fentry.s/bpf_testmod_test_read") __success
int hash_in_a_sleepable_program(void *ctx)
{
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	e->cnt++;
	return 0;
}
