package bpfmc.model.kernel;

/** The kernel's program types in the order of their numbers (include/uapi/linux/bpf.h, enum bpf_prog_type). */
public enum ProgramType {
    UNSPEC, SOCKET_FILTER, KPROBE, SCHED_CLS, SCHED_ACT, TRACEPOINT, XDP, PERF_EVENT, CGROUP_SKB, CGROUP_SOCK, LWT_IN,
    LWT_OUT, LWT_XMIT, SOCK_OPS, SK_SKB, CGROUP_DEVICE, SK_MSG, RAW_TRACEPOINT, CGROUP_SOCK_ADDR, LWT_SEG6LOCAL,
    LIRC_MODE2, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING,
    STRUCT_OPS, EXT, LSM, SK_LOOKUP, SYSCALL, NETFILTER;

    /** {@return whether programs of this type run on behalf of packets or sockets} */
    public boolean networking() {
        return switch (this) {
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, CGROUP_SOCK, LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, SK_SKB, SK_MSG,
                    CGROUP_SOCK_ADDR, LWT_SEG6LOCAL, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SOCKOPT, SK_LOOKUP, NETFILTER -> true;
            case UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_DEVICE, RAW_TRACEPOINT, LIRC_MODE2, CGROUP_SYSCTL,
                    RAW_TRACEPOINT_WRITABLE, TRACING, STRUCT_OPS, EXT, LSM, SYSCALL -> false;
        };
    }
}
