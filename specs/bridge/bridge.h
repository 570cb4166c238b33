/* What the scenarios of this folder share: the element that jcstress's two threads work on, and what each of them has read. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct element {
	struct bpf_spin_lock lock;
	__u32 v0;
	__u32 v1;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct element);
} element SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} results SEC(".maps");

#define READ_ONCE(x) (*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile typeof(x) *)&(x) = (v))

static __always_inline struct element *the_element(void)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&element, &key);
}

static __always_inline void result(__u32 r, __u32 value)
{
	__u32 *place = bpf_map_lookup_elem(&results, &r);

	if (place)
		__sync_lock_test_and_set(place, value); /* nobody races on what was read */
}

char LICENSE[] SEC("license") = "GPL";
