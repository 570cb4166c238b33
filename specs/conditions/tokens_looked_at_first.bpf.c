// The bucket is looked at before the lock is taken: two runs that both see the last token both let their packets pass.
// The count itself is under the lock, so that no update gets lost.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct bucket {
	struct bpf_spin_lock lock;
	__u32 tokens;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

SEC("tc")
int take(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &key);

	if (!bucket)
		return -1;
	if (!bucket->tokens)                    // expect: data-race
		return -1;
	bpf_spin_lock(&bucket->lock);
	bucket->tokens--;                       // expect: data-race
	bpf_spin_unlock(&bucket->lock);
	return skb->mark & 0xff;
}

char LICENSE[] SEC("license") = "GPL";

// states: take + take 39
// reduced: take + take 16
