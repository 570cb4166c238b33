// A switch dense enough for a jump table (clang 22, cpu v4: gotox).
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int result;

SEC("syscall")
int dispatch(struct __sk_buff *ctx)
{
	switch (ctx->len) {
	case 0: result = 5; return 1;
	case 1: result += 50; return 7;
	case 2: result ^= 9; return 3;
	case 3: result *= 3; return 19;
	case 4: result -= 2; return 4;
	case 5: result |= 64; return 11;
	case 6: result /= 7; return 2;
	default: return 0;
	}
}

char _license[] SEC("license") = "GPL";
