// What is no instruction is its own program's fault: the others of the object are judged.

#include "../rules.h"

SEC("tc") __failure
__msg("frame pointer is read only")
int writes_r10(struct __sk_buff *skb)
{
	asm volatile(".8byte 0x0000002a00000ab7" ::: "memory"); // rejects: valid-code
	return 0;
}

SEC("tc") __success
int writes_r10_where_it_never_gets(struct __sk_buff *skb)
{
	asm volatile("r2 = 0; if r2 == 0 goto +1; .8byte 0x0000002a00000ab7" ::: "r2", "memory");
	return 0;
}

SEC("tc") __failure
__msg("R15 is invalid")
int names_r15(struct __sk_buff *skb)
{
	asm volatile(".8byte 0x0000000000000fb7" ::: "memory"); // rejects: valid-code
	return 0;
}

SEC("tc") __failure
__msg("BPF_MOV uses reserved fields")
int reserved_offset(struct __sk_buff *skb)
{
	asm volatile(".8byte 0x00000000000502b7" ::: "r2", "memory"); // rejects: valid-code
	return 0;
}

// An unknown opcode is refused in dead code as well.
SEC("tc") __failure
__msg("unknown opcode ff")
int unknown_opcode(struct __sk_buff *skb)
{
	asm volatile("r2 = 0; if r2 == 0 goto +1; .8byte 0xff" ::: "r2", "memory"); // rejects: valid-code
	return 0;
}

SEC("tc") __failure
__msg("fd 0 is not pointing to valid bpf_map")
int map_without_a_relocation(struct __sk_buff *skb)
{
	asm volatile(".8byte 0x0000000000001218; .8byte 0" ::: "r2", "memory"); // rejects: valid-code
	return 0;
}

SEC("tc") __failure
__msg("jump out of range from insn 0 to 101")
int jumps_away(struct __sk_buff *skb)
{
	asm volatile("goto +100"); // rejects: valid-code
	return 0;
}

SEC("tc") __success
int sound(struct __sk_buff *skb)
{
	return 0;
}
