// Every way to declare a map: numbers, types, sizes, inner maps with and without contents, programs as contents.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __kptr __attribute__((btf_type_tag("kptr")))

struct nested {
	__u64 before;
	struct bpf_spin_lock lock;
};

struct elem {
	char name[5000];
	struct nested nested;
	struct bpf_timer timer;
	void __kptr *object;
	union {
		__u32 word;
		struct {
			__u8 low, high;
		} bytes;
	};
	unsigned int flag : 3, kind : 7;
};

typedef struct elem elem_t;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, elem_t);
} wide SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 1 << 20);
	__uint(key_size, 12);
	__uint(value_size, 24);
	__uint(map_flags, BPF_F_NO_COMMON_LRU);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sized SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} first SEC(".maps"), second SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {
	.values = { [0] = &second, [2] = &first },
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_HASH);
		__uint(max_entries, 16);
		__type(key, __u64);
		__type(value, struct nested);
	});
} outer_hash SEC(".maps");

int called(void *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__array(values, int (void *));
} jumps SEC(".maps") = {
	.values = { [1] = (void *)&called },
};

struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(max_entries, 1);
	__uint(value_size, 8);
	enum { extra = 0x500000001ULL } map_extra;
} bloom SEC(".maps");

SEC("tc")
int called(void *ctx)
{
	__u32 key = 1;
	struct elem *e = bpf_map_lookup_elem(&wide, &key);

	if (e) {
		bpf_spin_lock(&e->nested.lock);
		e->nested.before++;
		bpf_spin_unlock(&e->nested.lock);
	}
	return 0;
}

SEC("?tc")
int caller(struct __sk_buff *ctx)
{
	__u32 key = 2;
	void *inner = bpf_map_lookup_elem(&outer, &key);
	__u64 *value;

	if (!inner)
		return 0;
	value = bpf_map_lookup_elem(inner, &key);
	if (value)
		*value += (long)bpf_map_lookup_elem(&outer_hash, &key) != 0;
	bpf_tail_call(ctx, &jumps, 1);
	bpf_map_push_elem(&bloom, &key, 0);
	bpf_ringbuf_output(&ring, &key, 4, 0);
	return bpf_map_delete_elem(&sized, ctx) != 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
