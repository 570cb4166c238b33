// Maps as they were declared before BTF: an array of fixed records in section maps.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct bpf_map_def {
	unsigned int type;
	unsigned int key_size;
	unsigned int value_size;
	unsigned int max_entries;
	unsigned int map_flags;
};

struct bpf_map_def SEC("maps") old_hash = {
	.type = BPF_MAP_TYPE_HASH,
	.key_size = 4,
	.value_size = 8,
	.max_entries = 64,
	.map_flags = BPF_F_NO_PREALLOC,
};

struct bpf_map_def SEC("maps") old_array = {
	.type = BPF_MAP_TYPE_ARRAY,
	.key_size = 4,
	.value_size = 16,
	.max_entries = 3,
};

struct ____btf_map_old_array {
	__u32 key;
	struct { __u64 first; struct bpf_spin_lock lock; } value;
};
struct ____btf_map_old_array __attribute__((section(".maps.old_array"), used)) ____btf_map_old_array = { };

SEC("socket")
int filter(struct __sk_buff *skb)
{
	__u32 key = skb->len;
	__u64 *a = bpf_map_lookup_elem(&old_hash, &key);
	__u64 *b = bpf_map_lookup_elem(&old_array, &key);

	return a && b ? *a + *b : 0;
}

char _license[] SEC("license") = "GPL";
