// Programs of many kinds, several in one section, subprograms that call subprograms, a static one in a program section.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 total;

static __attribute__((noinline)) int leaf(int x)
{
	total += x;
	return total & 7;
}

static __attribute__((noinline)) int middle(int x)
{
	return leaf(x) + leaf(x + 1);
}

__attribute__((noinline)) int visible(int x)
{
	return middle(x) * 3;
}

__attribute__((noinline, visibility("hidden"))) int hidden(int x)
{
	return visible(x) + leaf(x);
}

SEC("xdp") static __attribute__((noinline)) int beside(int x)
{
	total ^= x;
	return total != 0;
}

static long step(__u32 index, void *ctx)
{
	return middle(index) > 5;
}

SEC("xdp") int one(struct xdp_md *ctx) { return beside(ctx->data) + leaf(2); }
SEC("xdp") int two(struct xdp_md *ctx) { return middle(ctx->data) + hidden(1) + beside(3); }
SEC("kprobe/do_nanosleep") int probe(void *ctx) { return bpf_loop(4, step, 0, 0); }
SEC("tp/syscalls/sys_enter_write") int trace(void *ctx) { return leaf(1); }
SEC("something/unknown") int unknown(void *ctx) { return 0; }

char _license[] SEC("license") = "GPL";
