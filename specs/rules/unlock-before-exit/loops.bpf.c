// A lock must be released on every path, also where a run goes around many times. Nothing rests on most of the numbers here, so a few
// rounds show everything.

#include "../rules.h"

struct bpf_iter_num {
	__u64 __opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

struct elems elems SEC(".maps");

struct totals {
	int below, above, rounds, last;
};

int limits[64];

SEC("tc") __success
int nested_iterators(struct __sk_buff *skb)
{
	struct bpf_iter_num outer, inner;
	int sum = 0, odd = 0, *i, *j;

	bpf_iter_num_new(&outer, 0, 1000);
	while ((i = bpf_iter_num_next(&outer))) {
		__u32 key = *i;
		struct elem *e = bpf_map_lookup_elem(&elems, &key);

		bpf_iter_num_new(&inner, 0, *i);
		while ((j = bpf_iter_num_next(&inner))) {
			if (*j & 1)
				odd++;
			else
				sum += *j;
		}
		bpf_iter_num_destroy(&inner);
		if (!e)
			continue;
		bpf_spin_lock(&e->lock);
		e->cnt += sum;
		bpf_spin_unlock(&e->lock);
	}
	bpf_iter_num_destroy(&outer);
	return sum + odd;
}

SEC("tc") __failure
__msg("BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region")
int third_round_keeps_the_lock(struct __sk_buff *skb)
{
	struct bpf_iter_num it;
	int rounds = 0;
	__u32 key = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	bpf_iter_num_new(&it, 0, 1000);
	while (bpf_iter_num_next(&it))
		rounds++;
	bpf_iter_num_destroy(&it);
	bpf_spin_lock(&e->lock);
	e->cnt = rounds;
	if (rounds == 3)
		return 1;
	bpf_spin_unlock(&e->lock);
	return 0;
} // rejects: unlock-before-exit

static long total(__u32 index, struct totals *t)
{
	int limit = limits[index & 63];

	if (limit < t->last)
		t->below++;
	else if (limit > t->rounds)
		t->above += limit;
	t->last ^= limit;
	t->rounds++;
	return t->below > t->above;
}

static long locked(void *map, __u32 *key, struct elem *e, struct totals *t)
{
	bpf_spin_lock(&e->lock);
	e->cnt += t->above;
	if (e->cnt > t->below)
		e->sum = t->last;
	bpf_spin_unlock(&e->lock);
	t->rounds += *key;
	return 0;
}

SEC("tc") __success
int many_callbacks(struct __sk_buff *skb)
{
	struct totals t = {};
	long done = 0;

#pragma unroll
	for (int i = 0; i < 24; i++) {
		done += bpf_loop(skb->len + i, total, &t, 0);
		if (done > i)
			t.last ^= done;
		done -= bpf_for_each_map_elem(&elems, locked, &t, 0);
	}
	return done + t.above;
}

SEC("tc") __success
int counted_to_a_thousand(struct __sk_buff *skb)
{
	__u32 key = 0, sum = 0;
	struct elem *e = bpf_map_lookup_elem(&elems, &key);

	if (!e)
		return 0;
	for (int i = 0; i < 1000; i++) {
		if (limits[i & 63] > i)
			sum += 2;
		else if (limits[(i + 7) & 63] < 9)
			sum ^= i;
		barrier_var(sum);
	}
	bpf_spin_lock(&e->lock);
	e->sum = sum;
	bpf_spin_unlock(&e->lock);
	return 0;
}
