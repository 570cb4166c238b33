package bpfmc.model.program;

/** The kinds of fields that btf_get_field_type knows (kernel/bpf/btf.c, Linux 7.3). */
public enum SpecialKind {
    SPIN_LOCK("bpf_spin_lock", 4),
    RES_SPIN_LOCK("bpf_res_spin_lock", 4),
    TIMER("bpf_timer", 16),
    WORKQUEUE("bpf_wq", 16),
    TASK_WORK("bpf_task_work", 8),
    LIST_HEAD("bpf_list_head", 16),
    LIST_NODE("bpf_list_node", 24),
    RB_ROOT("bpf_rb_root", 16),
    RB_NODE("bpf_rb_node", 32),
    REFCOUNT("bpf_refcount", 4),
    KPTR("kptr", 8);

    private final String structName;
    private final int bytes;

    SpecialKind(String structName, int bytes) {
        this.structName = structName;
        this.bytes = bytes;
    }

    /** {@return the name of the struct that marks the field ("kptr": a pointer with a kptr type tag)} */
    public String structName() {
        return structName;
    }

    /** {@return the struct's size in bytes in the newest kernel} */
    public int bytes() {
        return bytes;
    }
}
