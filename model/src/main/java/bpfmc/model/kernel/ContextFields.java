package bpfmc.model.kernel;

/**
 * The context fields that hold packet addresses. All other fields are numbers, or kernel addresses that programs can only
 * read through.
 *
 * <p>Source: include/uapi/linux/bpf.h, structs __sk_buff, xdp_md, sk_msg_md, sk_reuseport_md, bpf_sockopt.
 */
public final class ContextFields {
    private ContextFields() {}

    /** What a context field holds. */
    public enum Role { NUMBER, PACKET_START, PACKET_END, PACKET_METADATA }

    /** {@return what a load of {@code size} bytes at {@code offset} of the context of this program type yields} */
    public static Role at(ProgramType type, int offset, int size) {
        return switch (type) {
            case SCHED_CLS, SCHED_ACT, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL, SK_SKB, FLOW_DISSECTOR ->
                    size == 4 ? three(offset, 76, 80, 140) : Role.NUMBER;
            case XDP -> size == 4 ? three(offset, 0, 4, 8) : Role.NUMBER;
            case SK_MSG, SK_REUSEPORT -> size == 8 ? three(offset, 0, 8, -1) : Role.NUMBER;
            case CGROUP_SOCKOPT -> size == 8 ? three(offset, 8, 16, -1) : Role.NUMBER;
            default -> Role.NUMBER;
        };
    }

    private static Role three(int offset, int start, int end, int metadata) {
        return offset == start ? Role.PACKET_START
                : offset == end ? Role.PACKET_END : offset == metadata ? Role.PACKET_METADATA : Role.NUMBER;
    }
}
