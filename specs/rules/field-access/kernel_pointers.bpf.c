// Kernel pointers are loaded whole; those that the value does not own are stored whole.

#include "../rules.h"

struct task_struct {
	int pid;
};

struct object {
	int n;
};

struct value {
	__u64 n;
	struct object __attribute__((btf_type_tag("kptr"))) *owned;
	struct task_struct __attribute__((btf_type_tag("kptr_untrusted"))) *task;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct value);
} values SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} copies SEC(".maps");

/* So that BTF describes them. */
struct task_struct a_task;
struct object an_object;

static __always_inline volatile struct value *found(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&values, &key);
}

SEC("tc") __success
int loads(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	return v ? !!v->owned + !!v->task + a_task.pid + an_object.n : 0;
}

SEC("tc") __success
int clears_what_is_not_owned(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	if (v)
		v->task = 0;
	return 0;
}

// kernel 6.1: clears_what_is_owned accepts
SEC("tc") __failure
__msg("store to referenced kptr disallowed")
int clears_what_is_owned(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	if (v)
		v->owned = 0; // rejects: field-access
	return 0;
}

SEC("tc") __failure
__msg("kptr access size must be BPF_DW")
int loads_half(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	return v ? *(volatile int *)&v->task : 0; // rejects: field-access
}

SEC("tc") __failure
__msg("kptr access misaligned expected=16 off=20")
int loads_the_other_half(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	return v ? ((volatile int *)&v->task)[1] : 0; // rejects: field-access
}

SEC("tc") __failure
__msg("kptr in map can only be accessed using BPF_MEM instruction mode")
int exchanges(struct __sk_buff *skb)
{
	volatile struct value *v = found();

	return v ? !!__sync_lock_test_and_set((__u64 *)&v->owned, 0) : 0; // rejects: field-access
}

SEC("tc") __failure
__msg("kptr cannot be accessed indirectly by helper")
int copies_by_a_helper(struct __sk_buff *skb)
{
	volatile struct value *v = found();
	__u32 key = 0;

	return v ? bpf_map_update_elem(&copies, &key, (void *)&v->task, 0) : 0; // rejects: field-access
}
