// Static maps, an arena with data, a table of functions for the kernel, an address in read-only data, an unknown section.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1)))

static struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10);
	__type(key, int);
	__type(value, int);
} first SEC(".maps"), second SEC(".maps");

struct {
	__uint(type, 33); /* BPF_MAP_TYPE_ARENA, newer than the header */
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	enum { start = 0x1ull << 44 } map_extra;
} arena SEC(".maps");

int __arena shared[100];

struct ops {
	int (*init)(void *);
	void (*done)(void *);
	int id;
};

SEC("struct_ops/init")
int my_init(void *ctx)
{
	return bpf_map_delete_elem(&first, ctx);
}

SEC("struct_ops/done")
int my_done(void *ctx)
{
	void *region = &arena;

	asm volatile("" : : "r"(region));
	shared[7]++;
	return bpf_map_delete_elem(&second, ctx);
}

SEC(".struct_ops.link")
struct ops table = { .init = (void *)my_init, .done = (void *)my_done, .id = 3 };

SEC("weird") int unread = 5;

static __attribute__((noinline)) int handler(void)
{
	return unread;
}

int (*const volatile pointer)(void) = handler;

SEC("syscall")
int call(void *ctx)
{
	return pointer != 0;
}

char _license[] SEC("license") = "GPL";
