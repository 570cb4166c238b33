package bpfmc.model.kernel;

/** Flags and limits that programs hand to helpers (include/uapi/linux/bpf.h), once for all. */
public final class Flags {
    /** BPF_NOEXIST: an update fails where the key is bound. */
    public static final long NOEXIST = 1;

    /** BPF_EXIST: an update fails where the key is not bound. */
    public static final long EXIST = 2;

    /** BPF_F_LOCK: the copy is made under the element's bpf_spin_lock. */
    public static final long LOCK = 4;

    /** BPF_LOCAL_STORAGE_GET_F_CREATE: a value that is not there is made. */
    public static final long STORAGE_CREATE = 1;

    /** BPF_F_TIMER_ABS and BPF_F_TIMER_CPU_PIN: all that bpf_timer_start knows. */
    public static final long TIMER_START = 3;

    /** MAX_TAIL_CALL_CNT (include/linux/bpf.h): a run makes no more tail calls. */
    public static final int MOST_TAIL_CALLS = 33;

    /** BPF_MAX_LOOPS (include/linux/bpf_verifier.h): more turns of bpf_loop are refused with -E2BIG. */
    public static final long MOST_LOOPS = 8 << 20;

    /** TASK_COMM_LEN (include/linux/sched.h), in bytes. */
    public static final int TASK_COMM_LEN = 16;

    private Flags() {}
}
