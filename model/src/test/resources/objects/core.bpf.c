// Every kind of CO-RE relocation.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
struct inner {
	int unused;
	struct { unsigned char a, b; } pair[3];
};

struct outer {
	long first;
	struct inner inner;
	struct inner *pointer;
	signed int small : 5;
	unsigned int rest : 11;
	union { int number; char text[4]; };
};
#pragma clang attribute pop

enum color { RED = 3, GREEN = 70, HUGE = 0x100000005ULL };
typedef struct outer outer_t;

__u64 out[16];

SEC("raw_tp/sys_enter")
int relocate(struct outer *ctx)
{
	struct outer *o = (void *)(long)out[15];

	out[0] = __builtin_preserve_field_info(o->inner.pair[2].b, BPF_FIELD_BYTE_OFFSET);
	out[1] = bpf_core_field_size(o->inner);
	out[2] = bpf_core_field_exists(o->pointer);
	out[3] = __builtin_preserve_field_info(o->small, BPF_FIELD_SIGNED);
	out[4] = __builtin_preserve_field_info(o->rest, BPF_FIELD_LSHIFT_U64);
	out[5] = __builtin_preserve_field_info(o->rest, BPF_FIELD_RSHIFT_U64);
	out[6] = bpf_core_type_id_local(struct outer);
	out[7] = bpf_core_type_id_kernel(struct inner);
	out[8] = bpf_core_type_exists(outer_t);
	out[9] = bpf_core_type_size(struct outer);
	out[10] = bpf_core_enum_value_exists(enum color, GREEN);
	out[11] = bpf_core_enum_value(enum color, HUGE);
	out[12] = bpf_core_type_matches(struct inner);
	out[13] = ctx->inner.pair[1].a + ctx->text[2];
	out[14] = bpf_core_enum_value(enum color, GREEN);
	return 0;
}

char _license[] SEC("license") = "GPL";
