package bpfmc.model.thread;

/** The helpers that the interpreter treats by itself, by number (include/uapi/linux/bpf.h, __BPF_FUNC_MAPPER). */
final class HelperNumbers {
    static final int MAP_LOOKUP_ELEM = 1;
    static final int MAP_UPDATE_ELEM = 2;
    static final int MAP_DELETE_ELEM = 3;
    static final int KTIME_GET_NS = 5;
    static final int GET_SMP_PROCESSOR_ID = 8;
    static final int PROBE_READ = 4;
    static final int SKB_STORE_BYTES = 9;
    static final int GET_CURRENT_PID_TGID = 14;
    static final int GET_CURRENT_UID_GID = 15;
    static final int GET_CURRENT_COMM = 16;
    static final int SKB_LOAD_BYTES = 26;
    static final int PROBE_READ_KERNEL = 113;
    static final int XDP_LOAD_BYTES = 189;
    static final int XDP_STORE_BYTES = 190;
    static final int TAIL_CALL = 12;
    static final int GET_CURRENT_TASK = 35;
    static final int GET_CURRENT_CGROUP_ID = 80;
    static final int SPIN_LOCK = 93;
    static final int SPIN_UNLOCK = 94;
    static final int JIFFIES64 = 118;
    static final int GET_CURRENT_ANCESTOR_CGROUP_ID = 123;
    static final int KTIME_GET_BOOT_NS = 125;
    static final int RINGBUF_RESERVE = 131;
    static final int RINGBUF_SUBMIT = 132;
    static final int RINGBUF_DISCARD = 133;
    static final int KTIME_GET_COARSE_NS = 160;
    static final int TASK_STORAGE_GET = 156;
    static final int TASK_STORAGE_DELETE = 157;
    static final int FOR_EACH_MAP_ELEM = 164;
    static final int TIMER_INIT = 169;
    static final int TIMER_SET_CALLBACK = 170;
    static final int TIMER_START = 171;
    static final int TIMER_CANCEL = 172;
    static final int LOOP = 181;
    static final int MAP_LOOKUP_PERCPU_ELEM = 195;
    static final int KTIME_GET_TAI_NS = 208;

    private HelperNumbers() {}
}
