// The balance is copied, changed by an atomic operation on the copy, and written back in a second section: the operation is
// atomic on memory that nobody else sees.
//
// verdict: VIOLATED

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

SEC("tc")
int deposit(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct account *account = bpf_map_lookup_elem(&accounts, &key);
	__u64 copy;

	if (!account)
		return TC_ACT_OK;
	bpf_spin_lock(&account->lock);
	copy = account->balance; // expect: lost-update
	bpf_spin_unlock(&account->lock);
	__sync_fetch_and_add(&copy, 1);
	bpf_spin_lock(&account->lock);
	account->balance = copy; // expect: lost-update
	bpf_spin_unlock(&account->lock);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: deposit + deposit 40
// reduced: deposit + deposit 7
