// bpf_loop runs its callback three times, each time with the lock: nothing is lost between the turns.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct account {
	struct bpf_spin_lock lock;
	__u64 balance;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct account);
} accounts SEC(".maps");

static long pay(__u32 turn, void *context)
{
	__u32 key = 0;
	struct account *account = bpf_map_lookup_elem(&accounts, &key);

	if (!account)
		return 1;
	bpf_spin_lock(&account->lock);
	account->balance += turn;
	bpf_spin_unlock(&account->lock);
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *skb)
{
	bpf_loop(3, pay, 0, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 88
// reduced: packet + packet 11
