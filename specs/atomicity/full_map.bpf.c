// The second insertion always fails, as the map has one entry: what the runs do then is compared with every serial order all
// the same. They check a limit in one critical section and act on it in another.
//
// verdict: VIOLATED
// options: --property atomicity

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} owners SEC(".maps");

#define SLOTS SEC(".data.slots") __hidden

SLOTS struct bpf_spin_lock lock;
SLOTS __u32 taken;

SEC("tc")
int claim(struct __sk_buff *skb)
{
	__u32 first = 0, second = 1;
	__u64 owner = 0;
	int free;

	if (bpf_map_update_elem(&owners, &first, &owner, BPF_ANY) || !bpf_map_update_elem(&owners, &second, &owner, BPF_ANY))
		return TC_ACT_OK;
	bpf_spin_lock(&lock);
	free = taken < 1;
	bpf_spin_unlock(&lock);
	if (!free)
		return TC_ACT_OK;
	bpf_spin_lock(&lock);
	taken++; // expect: atomicity
	bpf_spin_unlock(&lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: claim + claim 248
// reduced: claim + claim 36
