// The lock's own example: a hash map, a counter and its lock; a callback, a subprogram, global data.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct hash_elem {
	int cnt;
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100);
	__type(key, int);
	__type(value, struct hash_elem);
} hash_map SEC(".maps");

int counter;
static int hidden = 5;
const volatile int limit = 10;

static __attribute__((noinline)) int add(struct hash_elem *value, int by)
{
	bpf_spin_lock(&value->lock);
	value->cnt += by;
	bpf_spin_unlock(&value->lock);
	return value->cnt;
}

__attribute__((noinline)) int global_twice(int x)
{
	return x * limit + hidden;
}

static long each(struct bpf_map *map, int *key, struct hash_elem *value, void *ctx)
{
	hidden += value->cnt;
	return 0;
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	int key = 0;
	struct hash_elem *value = bpf_map_lookup_elem(&hash_map, &key);

	if (!value)
		return 0;
	__sync_fetch_and_add(&counter, 1);
	return global_twice(add(value, 1));
}

SEC("tc")
int sum(struct __sk_buff *skb)
{
	bpf_for_each_map_elem(&hash_map, each, 0, 0);
	return global_twice(hidden);
}

char _license[] SEC("license") = "GPL";
