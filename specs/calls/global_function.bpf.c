// The increment stands in a global function, which the kernel verifies on its own. It must not be called with
// a lock held, so a plain increment in it is never safe.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct hash_elem {
	int cnt;
	struct bpf_spin_lock lock;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hash_elem);
} counters SEC(".maps");

__noinline int add_one(int *cnt)
{
	if (!cnt)
		return 0;
	return ++*cnt; // expect: data-race, lost-update
}

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct hash_elem *val = bpf_map_lookup_elem(&counters, &key);

	if (!val)
		return TC_ACT_OK;
	add_one(&val->cnt);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 12
// reduced: count + count 7
