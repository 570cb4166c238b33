// Two programs of 10,000 instructions each: ten times they read some hundred bytes of the packet, branch on them, and then count in one of
// four elements, in turn, under its lock. One instruction in fifty has to do with the map that they share.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define BYTES 1024

struct bucket {
	struct bpf_spin_lock lock;
	__u32 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

/* Seven to ten instructions that read a byte and branch on it. */
#define READ(n) do { \
	volatile __u8 *byte = p + ((n) * 7 + 3) % BYTES; \
	__u32 b = *byte; \
	if (b > ((n) & 63)) \
		sum += b * (n); \
	else \
		sum ^= (n); \
	asm volatile("" : "+r"(sum)); \
} while (0);
#define READ5(n) READ(n) READ((n) + 1) READ((n) + 2) READ((n) + 3) READ((n) + 4)
#define READ25(n) READ5(n) READ5((n) + 5) READ5((n) + 10) READ5((n) + 15) READ5((n) + 20)
#define READ140(n) READ25(n) READ25((n) + 25) READ25((n) + 50) READ25((n) + 75) READ25((n) + 100) READ5((n) + 125) READ5((n) + 130) READ5((n) + 135)

/* About twenty instructions. */
#define COUNT(n) do { \
	__u32 key = (n) & 3; \
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &key); \
	if (bucket) { \
		bpf_spin_lock(&bucket->lock); \
		bucket->packets++; \
		bucket->bytes += 64; \
		bpf_spin_unlock(&bucket->lock); \
	} \
} while (0);

#define SECTION(n) READ140(n * 140) COUNT(n)

#define PROGRAM(name) \
SEC("tc") int name(struct __sk_buff *skb) \
{ \
	__u8 *p = (void *)(long)skb->data; \
	__u32 sum = 0; \
	if (p + BYTES > (__u8 *)(long)skb->data_end) \
		return 0; \
	SECTION(0) SECTION(1) SECTION(2) SECTION(3) SECTION(4) SECTION(5) SECTION(6) SECTION(7) SECTION(8) SECTION(9) \
	return sum; \
}

PROGRAM(ingress)
PROGRAM(egress)

char LICENSE[] SEC("license") = "GPL";
