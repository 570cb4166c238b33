// Deletes the entry of a task and reads it afterwards: another CPU may already have filled the element with
// the request of another task.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The fields of a syscall tracepoint, as its format file lists them. */
struct sys_enter_write {
	__u64 common;
	long nr;
	__u64 fd;
	const char *buf;
	__u64 count;
};

struct request {
	__u64 fd;
	__u64 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct request);
} requests SEC(".maps");

__u64 bytes;

SEC("tracepoint/syscalls/sys_enter_write")
int enter(struct sys_enter_write *ctx)
{
	__u64 task = bpf_get_current_pid_tgid();
	struct request request = { .fd = ctx->fd, .count = ctx->count };

	bpf_map_update_elem(&requests, &task, &request, BPF_ANY); // expect: stale-element; allow: data-race
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_write")
int leave(void *ctx)
{
	__u64 task = bpf_get_current_pid_tgid(), count;
	struct request *request = bpf_map_lookup_elem(&requests, &task);

	if (!request)
		return 0;
	bpf_map_delete_elem(&requests, &task); // allow: stale-element
	count = request->count; // expect: stale-element; allow: data-race
	__sync_fetch_and_add(&bytes, count);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: enter + enter 31
// states: enter + leave 62
// states: leave + leave 84
// reduced: enter + enter 16
// reduced: enter + leave 35
// reduced: leave + leave 18
