// Stores behind conditions that no packet meets, each for a reason of its own: a bit that is not there, a remainder of a division by
// zero, a sign that is neither, bytes that are not those of their own halfword, and a square that leaves a remainder of two.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

/* Keeps the compiler from deciding too. */
#define HIDDEN(x) asm volatile("" : "+r"(x))

__u64 never;

SEC("tc")
int count(struct __sk_buff *skb)
{
	unsigned char *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;
	__u32 mark = skb->mark, rest = mark, sign = mark, square = mark, low = mark & 7, zero = 0;

	HIDDEN(low);
	if (low == (low | 8))
		never++;
	HIDDEN(zero);
	HIDDEN(rest);
	if (!(zero & 0xff) && rest % (zero & 0xff) != rest)
		never++;
	HIDDEN(sign);
	sign = (int)sign >> 31;
	HIDDEN(sign);
	if (sign && sign != 0xffffffff)
		never++;
	HIDDEN(square);
	if (((square * square) & 3) == 2)
		never++;
	if ((void *)(data + 2) <= end) {
		__u8 first = *(volatile __u8 *)data, second = *(volatile __u8 *)(data + 1);
		__u16 both = *(volatile __u16 *)data;

		if (first == 8 && second == 1 && both != 0x108)
			never++;
	}
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 28
// reduced: count + count 12
