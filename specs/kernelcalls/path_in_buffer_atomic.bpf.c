// As path_in_buffer, but the counter is bumped atomically.
//
// verdict: HOLDS

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct path {
	void *mnt, *dentry;
} __attribute__((preserve_access_index));

struct file {
	struct path f_path;
} __attribute__((preserve_access_index));

extern int bpf_path_d_path(const struct path *path, char *buf, __u64 buf__sz) __ksym;

__u64 opened;

SEC("lsm.s/file_open")
int count(struct file **ctx)
{
	char name[16] = {};

	bpf_path_d_path(&(*ctx)->f_path, name, sizeof(name));
	if (name[1])
		__sync_fetch_and_add(&opened, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: count + count 16
// reduced: count + count 9
