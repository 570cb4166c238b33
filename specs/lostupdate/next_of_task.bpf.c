// The storage of the task that has the turn says who has it next: two CPUs that have read the same turn pass it on to the same task.
//
// verdict: VIOLATED

#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));
extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

struct round {
	struct bpf_spin_lock lock;
	__u32 turn;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct round);
} rounds SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} next SEC(".maps");

SEC("tc")
int packet(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct round *round = bpf_map_lookup_elem(&rounds, &key);
	struct task_struct *task;
	__u32 turn, *after;

	if (!round)
		return TC_ACT_OK;
	bpf_spin_lock(&round->lock);
	turn = round->turn; // expect: lost-update
	bpf_spin_unlock(&round->lock);
	task = bpf_task_from_pid(turn);
	if (!task)
		return TC_ACT_OK;
	after = bpf_task_storage_get(&next, task, 0, 0);
	if (after) {
		bpf_spin_lock(&round->lock);
		round->turn = *after; // expect: lost-update
		bpf_spin_unlock(&round->lock);
	}
	bpf_task_release(task);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";

// states: packet + packet 149
// reduced: packet + packet 34
