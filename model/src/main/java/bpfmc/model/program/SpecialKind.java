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
    /** A kernel pointer that the value owns. */
    KPTR("kptr", 8),
    /** A kernel pointer that the value does not own. */
    KPTR_UNTRUSTED("kptr", 8),
    PERCPU_KPTR("percpu_kptr", 8),
    UPTR("uptr", 8);

    private final String structName;
    private final int bytes;

    SpecialKind(String structName, int bytes) {
        this.structName = structName;
        this.bytes = bytes;
    }

    /** {@return whether the field is a pointer with a type tag, not a struct} */
    public boolean pointer() {
        return switch (this) {
            case KPTR, KPTR_UNTRUSTED, PERCPU_KPTR, UPTR -> true;
            case SPIN_LOCK, RES_SPIN_LOCK, TIMER, WORKQUEUE, TASK_WORK, LIST_HEAD, LIST_NODE, RB_ROOT, RB_NODE, REFCOUNT -> false;
        };
    }

    /** {@return the name of the struct that marks the field; for a pointer, what the kernel's messages call it} */
    public String structName() {
        return structName;
    }

    /** {@return the struct's size in bytes in the newest kernel} */
    public int bytes() {
        return bytes;
    }
}
