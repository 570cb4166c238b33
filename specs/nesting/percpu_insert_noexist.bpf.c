// The right form of percpu_insert: insert zero if nobody else has, look up again, add atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} events SEC(".maps");

SEC("kprobe/do_sys_open")
int opened(void *ctx)
{
	__u32 key = 0;
	__u64 none = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (!val) {
		bpf_map_update_elem(&events, &key, &none, BPF_NOEXIST);
		val = bpf_map_lookup_elem(&events, &key);
	}
	if (val)
		__sync_fetch_and_add(val, 1);
	return 0;
}

SEC("tc")
int packet(struct __sk_buff *ctx)
{
	__u32 key = 0;
	__u64 none = 0;
	__u64 *val = bpf_map_lookup_elem(&events, &key);

	if (!val) {
		bpf_map_update_elem(&events, &key, &none, BPF_NOEXIST);
		val = bpf_map_lookup_elem(&events, &key);
	}
	if (val)
		__sync_fetch_and_add(val, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: opened + opened 51
// states: opened + packet 51
// states: packet + packet 51
// states: opened < packet 65
// states: packet < opened 65
// states: opened < packet + opened < packet 2760
// states: packet < opened + packet < opened 2760
// reduced: opened + opened 33
// reduced: opened + packet 33
// reduced: packet + packet 33
// reduced: opened < packet 38
// reduced: packet < opened 38
// reduced: opened < packet + opened < packet 2190
// reduced: packet < opened + packet < opened 2190
