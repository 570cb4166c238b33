// A name that a sleepable program copies from user space is private until it counts by it, atomically: that the call sleeps ends no verdict.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 named;

SEC("fentry.s/__x64_sys_getpgid")
int count(void *ctx)
{
	char name[8] = {};

	if (!bpf_copy_from_user(name, sizeof(name), (void *)0x1000) && name[0] == 'x')
		__sync_fetch_and_add(&named, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 9
