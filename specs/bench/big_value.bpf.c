// Benchmark: tasks count what they read of files, by task and file, in values of 4,160 bytes. The first one of a key inserts an empty value, which
// the kernel copies in pieces; counting is atomic.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct file_of_task {
	__u64 inode;
	__u32 device;
	__u32 task;
};

struct usage {
	__u64 calls;
	__u64 bytes;
	__u64 failures;
	char path[4096];
	char task[32];
	__u64 reserved;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct file_of_task);
	__type(value, struct usage);
} usages SEC(".maps");

/* Nobody writes to it. */
static struct usage unused;

SEC("raw_tp/read_done")
int read_done(struct bpf_raw_tracepoint_args *ctx)
{
	struct file_of_task key = {};
	struct usage *usage;

	key.task = bpf_get_current_pid_tgid();
	key.inode = ctx->args[0];
	key.device = ctx->args[1];
	usage = bpf_map_lookup_elem(&usages, &key);
	if (!usage) {
		bpf_map_update_elem(&usages, &key, &unused, BPF_NOEXIST);
		usage = bpf_map_lookup_elem(&usages, &key);
		if (!usage)
			return 0;
	}
	__sync_fetch_and_add(&usage->calls, 1);
	if ((long)ctx->args[2] < 0)
		__sync_fetch_and_add(&usage->failures, 1);
	else
		__sync_fetch_and_add(&usage->bytes, ctx->args[2]);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: read_done + read_done 1144
// reduced: read_done + read_done 131
