// The same code on two tracepoints: what holds of a pair of them holds of the others.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, __u64);
} starts SEC(".maps");

static __always_inline int began(__u64 *ctx)
{
	__u64 request = ctx[0], now = bpf_ktime_get_ns();

	bpf_map_update_elem(&starts, &request, &now, BPF_ANY);
	return 0;
}

SEC("tp_btf/block_rq_insert")
int inserted(__u64 *ctx)
{
	return began(ctx);
}

SEC("tp_btf/block_rq_issue")
int issued(__u64 *ctx)
{
	return began(ctx);
}

char LICENSE[] SEC("license") = "GPL";

// states: inserted + inserted 47
// states: inserted + issued 47
// states: issued + issued 47
// states: inserted < issued 56
// states: issued < inserted 56
// states: inserted < issued + inserted < issued 19342
// states: issued < inserted + issued < inserted 19342
// reduced: inserted + inserted 24
// reduced: inserted + issued 43
// reduced: issued + issued 24
// reduced: inserted < issued 40
// reduced: issued < inserted 40
// reduced: inserted < issued + inserted < issued 5141
// reduced: issued < inserted + issued < inserted 5141
