/*
 * Accesses that are indivisible and, on x86, no more than a plain load or store: the instructions load_acquire and store_release (Linux 6.15), as bytes,
 * since clang 19 does not know them; and a full barrier.
 */
#ifndef MEMORYMODEL_H
#define MEMORYMODEL_H

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

/* r0 = load_acquire((u32 *)(r1 + 0)) */
#define load_acquire(p) ({ \
	register __u64 value asm("r0"); \
	register __u32 *from asm("r1") = (p); \
	asm volatile(".8byte 0x00000100000010c3" : "=r"(value) : "r"(from) : "memory"); \
	(__u32)value; })

/* store_release((u32 *)(r1 + 0), w2) */
#define store_release(p, v) do { \
	register __u64 what asm("r2") = (v); \
	register __u32 *to asm("r1") = (p); \
	asm volatile(".8byte 0x00000110000021c3" :: "r"(to), "r"(what) : "memory"); \
} while (0)

/* store_release((u8 *)(r1 + 0), w2) */
#define store_release_byte(p, v) do { \
	register __u64 what asm("r2") = (v); \
	register __u8 *to asm("r1") = (p); \
	asm volatile(".8byte 0x00000110000021d3" :: "r"(to), "r"(what) : "memory"); \
} while (0)

/* smp_mb() as the kernel's bpf_atomic.h means it: an atomic operation on the stack that returns the old value */
#define smp_mb() do { \
	__u64 on_the_stack = 0; \
	register __u64 *to asm("r1") = &on_the_stack; \
	register __u64 old asm("r2") = 0; \
	asm volatile("r2 = atomic_fetch_add((u64 *)(r1 + 0), r2)" : "+r"(old) : "r"(to) : "memory"); \
} while (0)

#endif
