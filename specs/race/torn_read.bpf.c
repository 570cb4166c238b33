// Two fields that belong together are written under the lock and read without it: the reader may see the
// new count with the old sum.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct sample {
	struct bpf_spin_lock lock;
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sample);
} samples SEC(".maps");

SEC("tc/ingress")
int record(struct __sk_buff *skb)
{
	__u32 key = 0, len = skb->len;
	struct sample *s = bpf_map_lookup_elem(&samples, &key);

	if (!s)
		return TC_ACT_OK;
	bpf_spin_lock(&s->lock);
	s->packets++; // expect: data-race
	s->bytes += len; // expect: data-race
	bpf_spin_unlock(&s->lock);
	return TC_ACT_OK;
}

SEC("tc/egress")
int shape(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct sample *s = bpf_map_lookup_elem(&samples, &key);
	__u64 packets, bytes;

	if (!s)
		return TC_ACT_OK;
	packets = s->packets; // expect: data-race
	bytes = s->bytes; // expect: data-race
	/* Is the mean packet longer than 1 KiB? */
	return bytes > packets * 1024 ? TC_ACT_SHOT : TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: record + record 24
// states: record + shape 23
// states: shape + shape 9
// reduced: record + record 3
// reduced: record + shape 18
// reduced: shape + shape 6
