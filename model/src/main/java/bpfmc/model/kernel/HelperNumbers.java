package bpfmc.model.kernel;

/** The helpers that the interpreter treats by itself, by number (include/uapi/linux/bpf.h, __BPF_FUNC_MAPPER). */
public final class HelperNumbers {
    public static final int MAP_LOOKUP_ELEM = 1;
    public static final int MAP_UPDATE_ELEM = 2;
    public static final int MAP_DELETE_ELEM = 3;
    public static final int KTIME_GET_NS = 5;
    public static final int GET_SMP_PROCESSOR_ID = 8;
    public static final int PROBE_READ = 4;
    public static final int SKB_STORE_BYTES = 9;
    public static final int GET_CURRENT_PID_TGID = 14;
    public static final int GET_CURRENT_UID_GID = 15;
    public static final int GET_CURRENT_COMM = 16;
    public static final int SKB_LOAD_BYTES = 26;
    public static final int PROBE_READ_KERNEL = 113;
    public static final int XDP_LOAD_BYTES = 189;
    public static final int XDP_STORE_BYTES = 190;
    public static final int TAIL_CALL = 12;
    public static final int GET_CURRENT_TASK = 35;
    public static final int GET_CURRENT_CGROUP_ID = 80;
    public static final int SPIN_LOCK = 93;
    public static final int SPIN_UNLOCK = 94;
    public static final int JIFFIES64 = 118;
    public static final int GET_CURRENT_ANCESTOR_CGROUP_ID = 123;
    public static final int KTIME_GET_BOOT_NS = 125;
    public static final int RINGBUF_RESERVE = 131;
    public static final int RINGBUF_SUBMIT = 132;
    public static final int RINGBUF_DISCARD = 133;
    public static final int KTIME_GET_COARSE_NS = 160;
    public static final int TASK_STORAGE_GET = 156;
    public static final int TASK_STORAGE_DELETE = 157;
    public static final int FOR_EACH_MAP_ELEM = 164;
    public static final int TIMER_INIT = 169;
    public static final int TIMER_SET_CALLBACK = 170;
    public static final int TIMER_START = 171;
    public static final int TIMER_CANCEL = 172;
    public static final int LOOP = 181;
    public static final int MAP_LOOKUP_PERCPU_ELEM = 195;
    public static final int KTIME_GET_TAI_NS = 208;

    private HelperNumbers() {}
}
