// Benchmark: twelve programs on eight maps. Three causes: a program forgets a lock that others take, a counter is nobody's, an entry is evicted while it is
// counted in.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct flow {
	struct bpf_spin_lock lock;
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct flow);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} protocols SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} own SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} recent SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} allowed SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct flow);
} totals SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} drops SEC(".maps");

__u64 seen;

static void take(struct flow *flow, struct __sk_buff *skb)
{
	bpf_spin_lock(&flow->lock);
	flow->packets++; // expect: data-race, lost-update
	flow->bytes += skb->len;
	bpf_spin_unlock(&flow->lock);
}

static void in_total(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct flow *total = bpf_map_lookup_elem(&totals, &key);

	if (total)
		take(total, skb);
}

SEC("tc")
int ingress(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (flow)
		take(flow, skb);
	return TC_ACT_OK;
}

SEC("tc")
int egress(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (flow)
		take(flow, skb);
	in_total(skb);
	return TC_ACT_OK;
}

SEC("tc")
int created(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow fresh = {};

	bpf_map_update_elem(&flows, &key, &fresh, BPF_NOEXIST);
	return TC_ACT_OK;
}

SEC("tc")
int redirected(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	struct flow *flow = bpf_map_lookup_elem(&flows, &key);

	if (flow)
		flow->packets++; // expect: data-race, lost-update
	return TC_ACT_OK;
}

SEC("tc")
int by_protocol(struct __sk_buff *skb)
{
	__u32 key = skb->protocol & 15;
	__u64 *count = bpf_map_lookup_elem(&protocols, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
	return TC_ACT_OK;
}

SEC("tc")
int own_packets(struct __sk_buff *skb)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&own, &key);

	if (count)
		++*count;
	return TC_ACT_OK;
}

SEC("tc")
int own_bytes(struct __sk_buff *skb)
{
	__u32 key = 1;
	__u64 *count = bpf_map_lookup_elem(&own, &key);

	if (count)
		*count += skb->len;
	return TC_ACT_OK;
}

SEC("tc")
int latest(struct __sk_buff *skb)
{
	__u32 key = skb->mark;
	__u64 one = 1, *count = bpf_map_lookup_elem(&recent, &key);

	if (count)
		__sync_fetch_and_add(count, 1); // expect: stale-element
	else
		bpf_map_update_elem(&recent, &key, &one, BPF_NOEXIST); // expect: stale-element
	return TC_ACT_OK;
}

SEC("tc")
int filter(struct __sk_buff *skb)
{
	__u32 key = skb->mark;

	__sync_fetch_and_add(&seen, 1);
	return bpf_map_lookup_elem(&allowed, &key) ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc")
int total(struct __sk_buff *skb)
{
	in_total(skb);
	return TC_ACT_OK;
}

SEC("tc")
int dropped(struct __sk_buff *skb)
{
	__u32 key = skb->priority & 7;
	__u64 *count = bpf_map_lookup_elem(&drops, &key);

	if (count)
		++*count; // expect: data-race, lost-update
	return TC_ACT_SHOT;
}

SEC("tc")
int mirrored(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&seen, 1);
	in_total(skb);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: ingress + ingress 169
// states: ingress + egress 421
// states: ingress + created 75
// states: ingress + redirected 107
// states: egress + egress 783
// states: egress + created 183
// states: egress + redirected 251
// states: egress + total 97
// states: egress + mirrored 118
// states: created + created 24
// states: created + redirected 39
// states: redirected + redirected 52
// states: by_protocol + by_protocol 16
// states: own_packets + own_packets 9
// states: own_packets + own_bytes 9
// states: own_bytes + own_bytes 9
// states: latest + latest 182
// states: filter + filter 18
// states: filter + mirrored 32
// states: total + total 24
// states: total + mirrored 31
// states: dropped + dropped 36
// states: mirrored + mirrored 39
// reduced: ingress + ingress 12
// reduced: ingress + egress 37
// reduced: ingress + created 46
// reduced: ingress + redirected 34
// reduced: egress + egress 39
// reduced: egress + created 50
// reduced: egress + redirected 52
// reduced: egress + total 9
// reduced: egress + mirrored 9
// reduced: created + created 14
// reduced: created + redirected 28
// reduced: redirected + redirected 15
// reduced: by_protocol + by_protocol 7
// reduced: own_packets + own_packets 2
// reduced: own_packets + own_bytes 2
// reduced: own_bytes + own_bytes 2
// reduced: latest + latest 68
// reduced: filter + filter 9
// reduced: filter + mirrored 7
// reduced: total + total 3
// reduced: total + mirrored 4
// reduced: dropped + dropped 10
// reduced: mirrored + mirrored 4
