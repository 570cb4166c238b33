// The right form of drain_lock: entries are inserted whole and never written to again, so each is in the map until one of those who take
// entries out has copied it, and no two get the same one.
//
// verdict: HOLDS
// options: --user lookup-and-delete:starts

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct start {
	__u64 ns;
	__u64 cookie;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct start);
} starts SEC(".maps");

SEC("tc")
int begin(struct __sk_buff *skb)
{
	__u32 key = skb->hash;
	struct start s = { .ns = bpf_ktime_get_ns(), .cookie = skb->mark };

	bpf_map_update_elem(&starts, &key, &s, BPF_NOEXIST);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: begin + begin 41
// states: begin + user:lookup-and-delete starts 59
// states: user:lookup-and-delete starts + user:lookup-and-delete starts 62
// states: user:lookup-and-delete starts < begin 53
// states: user:lookup-and-delete starts < begin + user:lookup-and-delete starts < begin 9149
// reduced: begin + begin 21
// reduced: begin + user:lookup-and-delete starts 35
// reduced: user:lookup-and-delete starts + user:lookup-and-delete starts 23
// reduced: user:lookup-and-delete starts < begin 32
// reduced: user:lookup-and-delete starts < begin + user:lookup-and-delete starts < begin 1671
