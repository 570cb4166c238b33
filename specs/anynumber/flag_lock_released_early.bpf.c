// The lock of flag_lock is put back before the last store.
//
// verdict: VIOLATED
// options: --cpus any

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int busy;
__u64 packets, bytes;

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u64 now;

	if (__sync_val_compare_and_swap(&busy, 0, 1) != 0)
		return 0;
	packets++;
	now = bytes; // expect: data-race; allow: lost-update
	__sync_lock_test_and_set(&busy, 0);
	bytes = now + skb->len; // expect: data-race; allow: lost-update
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 54
// reduced: count + count 26
