// Every CPU has a byte and a 16-bit counter of its own; neighbours share a word, but no byte.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define CPUS 4

struct seen {
	__u8 active[CPUS];
	__u16 packets[CPUS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct seen);
} seen SEC(".maps");

SEC("xdp")
int mark(struct xdp_md *ctx)
{
	__u32 key = 0, cpu = bpf_get_smp_processor_id();
	struct seen *s = bpf_map_lookup_elem(&seen, &key);

	if (!s || cpu >= CPUS)
		return XDP_PASS;
	s->active[cpu] = 1;
	s->packets[cpu]++;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";

// states: mark + mark 16
// reduced: mark + mark 16
