package bpfmc.model.program;

import bpfmc.model.kernel.ProgramType;
import bpfmc.model.kernel.Section;

/** Stands in until the section table of model.kernel is merged: the types of the most common sections. */
final class InterimSections {
    private InterimSections() {}

    static Section parse(String section) {
        boolean autoload = !section.startsWith("?");
        String name = autoload ? section : section.substring(1);
        ProgramType type = switch (name.contains("/") ? name.substring(0, name.indexOf('/')) : name) {
            case "xdp" -> ProgramType.XDP;
            case "tc" -> ProgramType.SCHED_CLS;
            case "cgroup_skb" -> ProgramType.CGROUP_SKB;
            case "kprobe" -> ProgramType.KPROBE;
            case "tp" -> ProgramType.TRACEPOINT;
            case "raw_tp" -> ProgramType.RAW_TRACEPOINT;
            case "tp_btf" -> ProgramType.TRACING;
            case "socket" -> ProgramType.SOCKET_FILTER;
            case "struct_ops" -> ProgramType.STRUCT_OPS;
            case "syscall" -> ProgramType.SYSCALL;
            default -> ProgramType.UNSPEC;
        };
        return new Section(name, type, "", "", false, autoload);
    }
}
