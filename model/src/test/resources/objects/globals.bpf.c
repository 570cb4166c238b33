// Global data in many sections, two of them with locks of their own; a lock in an array of structs; a misaligned one.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define private(name) SEC(".data." #name) __attribute__((aligned(8)))

private(A) struct bpf_spin_lock lock_a;
private(A) __u64 guarded_a;
private(B) struct bpf_spin_lock lock_b;
private(B) static __u64 guarded_b;

struct counters {
	__u64 packets;
	__u32 by_size[3];
} __attribute__((packed));

struct counters counters[4];
static __u32 calls;
__u64 start = 7;
const volatile char greeting[6] = "hello";
SEC(".rodata.more") const volatile int more = 3;
SEC(".bss.cold") __u8 cold[70000];

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	calls++;
	bpf_spin_lock(&lock_a);
	guarded_a += more;
	bpf_spin_unlock(&lock_a);
	bpf_spin_lock(&lock_b);
	guarded_b += start;
	bpf_spin_unlock(&lock_b);
	counters[2].by_size[1]++;
	cold[69999] = greeting[1];
	return 1;
}

char _license[] SEC("license") = "GPL";
