package bpfmc.model.kernel;

/**
 * Where the kernel lets programs use bpf_spin_lock at all, for advice that can be followed.
 *
 * <p>Source: kernel/bpf/verifier.c, check_map_prog_compatibility, and kernel/bpf/syscall.c, map_check_btf, Linux 7.3.
 */
public final class LockLegality {
    private LockLegality() {}

    /** {@return whether programs of this section may refer to a map whose values hold a bpf_spin_lock} */
    public static boolean spinLockAllowed(Section section) {
        return spinLockAllowed(section.type());
    }

    /**
     * {@return whether programs of this type, sleepable or not, may refer to a map whose values hold a bpf_spin_lock}
     * An unknown type may not: nothing is known to accept it. Sleepable programs may since Linux 6.6.
     */
    public static boolean spinLockAllowed(ProgramType type) {
        return switch (type) {
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, SOCKET_FILTER,
                    UNSPEC -> false;
            case SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, CGROUP_SOCK, LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, SK_SKB,
                    CGROUP_DEVICE, SK_MSG, CGROUP_SOCK_ADDR, LWT_SEG6LOCAL, LIRC_MODE2, SK_REUSEPORT, FLOW_DISSECTOR,
                    CGROUP_SYSCTL, CGROUP_SOCKOPT, TRACING, STRUCT_OPS, EXT, LSM, SK_LOOKUP, SYSCALL, NETFILTER -> true;
        };
    }

    /** {@return whether values of this map type may hold a lock} */
    public static boolean lockAllowedIn(MapType type) {
        return switch (type) {
            case HASH, RHASH, ARRAY, CGROUP_STORAGE, SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> true;
            case UNSPEC, PROG_ARRAY, PERF_EVENT_ARRAY, PERCPU_HASH, PERCPU_ARRAY, STACK_TRACE, CGROUP_ARRAY, LRU_HASH,
                    LRU_PERCPU_HASH, LPM_TRIE, ARRAY_OF_MAPS, HASH_OF_MAPS, DEVMAP, SOCKMAP, CPUMAP, XSKMAP, SOCKHASH,
                    REUSEPORT_SOCKARRAY, PERCPU_CGROUP_STORAGE, QUEUE, STACK, DEVMAP_HASH, STRUCT_OPS, RINGBUF,
                    BLOOM_FILTER, USER_RINGBUF, ARENA, INSN_ARRAY -> false;
        };
    }
}
