// Two sleepable programs copy a name from user space into one global buffer at once: the copy of one is torn by that of the other.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 named;
char name[8];

SEC("fentry.s/__x64_sys_getpgid")
int count(void *ctx)
{
	if (!bpf_copy_from_user(name, sizeof(name), (void *)0x1000)) // expect: data-race
		__sync_fetch_and_add(&named, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 23
// reduced: count + count 6
