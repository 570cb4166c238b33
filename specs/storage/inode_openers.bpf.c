// Openers of a file are counted in the storage of its inode, which another program deletes: increments that are not atomic are lost.
//
// verdict: VIOLATED
// options: --interrupts none

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct file {
	void *f_inode;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u32);
} openers SEC(".maps");

SEC("lsm/file_open")
int open_file(struct file **ctx)
{
	__u32 *count = bpf_inode_storage_get(&openers, (*ctx)->f_inode, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (count)
		++*count; // expect: data-race, lost-update, stale-element
	return 0;
}

SEC("lsm/inode_unlink")
int unlink(void **ctx)
{
	bpf_inode_storage_delete(&openers, ctx[0]); // expect: stale-element
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// states: open_file + open_file 233
// states: open_file + unlink 80
// states: unlink + unlink 24
// reduced: open_file + open_file 82
// reduced: open_file + unlink 59
// reduced: unlink + unlink 13
