// A CPU reads a word of which it has just stored a byte: the byte comes from its own store, the rest from memory, where the other CPU's word is
// not yet. In the end the byte lies over that word: a running x86 shows it ten times a million.
//
// verdict: HOLDS

#include "memorymodel.h"

__u32 word;
__u32 got;

SEC("tc/ingress")
int whole(struct __sk_buff *skb)
{
	store_release(&word, 0x01020304);
	return TC_ACT_OK;
}

SEC("tc/egress")
int part(struct __sk_buff *skb)
{
	store_release_byte((__u8 *)&word + 1, 0x77);
	store_release(&got, load_acquire(&word));
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: whole + whole 4
// states: whole + part 13
// states: part + part 22
// reduced: whole + whole 3
// reduced: whole + part 8
// reduced: part + part 13
