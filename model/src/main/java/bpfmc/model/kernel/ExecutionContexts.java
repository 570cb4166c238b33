package bpfmc.model.kernel;

import static bpfmc.model.kernel.ContextLevel.HARDIRQ;
import static bpfmc.model.kernel.ContextLevel.NMI;
import static bpfmc.model.kernel.ContextLevel.SOFTIRQ;
import static bpfmc.model.kernel.ContextLevel.TASK;

import org.eclipse.collections.impl.factory.Lists;

/**
 * Where programs run, by what their section names say: program type, attach type and, for a few well-known tracepoints,
 * the attach point. Where the kernel allows several levels all are given, the usual one first; for a section that says
 * too little (an unknown one, or an extension of another program) all levels are.
 *
 * <p>Source: the callers of bpf_prog_run in Linux 7.3: include/net/xdp.h, net/core/dev.c, kernel/bpf/cgroup.c,
 * net/core/filter.c, kernel/trace/bpf_trace.c, kernel/events/core.c, kernel/bpf/trampoline.c, kernel/bpf/bpf_iter.c,
 * net/bpf/test_run.c; no kernel is asked.
 */
public final class ExecutionContexts {
    /** The name of the section that callbacks of timers are said to be in; no linker's section is called so. */
    public static final String TIMER = "timer callback";

    /** The same of work items. */
    public static final String WORK = "work item";

    private ExecutionContexts() {}

    /** {@return the conditions under which a program of this section runs} */
    public static ExecutionContext of(Section section) {
        if (section.name().equals(TIMER)) {
            return unguarded(Masking.PREEMPTION, SOFTIRQ);
        }
        if (section.name().equals(WORK)) {
            return unguarded(Masking.NOTHING, TASK);
        }
        return switch (section.type()) {
            case XDP, SCHED_CLS, SCHED_ACT -> unguarded(Masking.PREEMPTION, SOFTIRQ);
            case CGROUP_SKB -> cgroupSkb(section);
            case CGROUP_SOCK, CGROUP_SOCK_ADDR, CGROUP_SOCKOPT, CGROUP_SYSCTL, CGROUP_DEVICE, LIRC_MODE2, SYSCALL ->
                    unguarded(Masking.NOTHING, TASK);
            case SOCKET_FILTER, SK_REUSEPORT, SK_LOOKUP, FLOW_DISSECTOR, SK_SKB, SOCK_OPS, NETFILTER, LWT_IN, LWT_OUT,
                    LWT_XMIT, LWT_SEG6LOCAL -> unguarded(Masking.NOTHING, SOFTIRQ, TASK);
            case SK_MSG -> unguarded(Masking.NOTHING, TASK, SOFTIRQ);
            case KPROBE -> probe(section);
            case TRACEPOINT -> tracepoint(section);
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> rawTracepoint(section);
            case TRACING -> tracing(section);
            case PERF_EVENT -> context(Masking.INTERRUPTS, RecursionGuard.PER_CPU, NMI, HARDIRQ);
            case LSM -> section.sleepable() ? unguarded(Masking.NOTHING, TASK)
                    : unguarded(Masking.NOTHING, TASK, SOFTIRQ);
            case STRUCT_OPS -> section.sleepable() ? unguarded(Masking.NOTHING, TASK)
                    : unguarded(Masking.NOTHING, SOFTIRQ, TASK, HARDIRQ);
            case EXT, UNSPEC -> unguarded(Masking.NOTHING, TASK, SOFTIRQ, HARDIRQ, NMI);
        };
    }

    /** Packets come in by softirq; they leave from the sending task, or from the softirq that answers or repeats. */
    private static ExecutionContext cgroupSkb(Section section) {
        return section.attach().equals("cgroup_inet_ingress") ? unguarded(Masking.PREEMPTION, SOFTIRQ)
                : unguarded(Masking.NOTHING, TASK, SOFTIRQ);
    }

    /** User-space probes are hit by tasks, without a guard; kernel probes wherever the probed function runs. */
    private static ExecutionContext probe(Section section) {
        String name = section.name();
        if (name.startsWith("uprobe") || name.startsWith("uretprobe") || name.startsWith("usdt")) {
            return unguarded(Masking.NOTHING, TASK);
        }
        return name.startsWith("ksyscall") || name.startsWith("kretsyscall")
                ? context(Masking.PREEMPTION, RecursionGuard.PER_CPU, TASK)
                : anywhere(Masking.PREEMPTION, RecursionGuard.PER_CPU);
    }

    /** The tracepoints of system calls may sleep, and count each program for itself. */
    private static ExecutionContext tracepoint(Section section) {
        return section.target().startsWith("syscalls/") || section.target().startsWith("raw_syscalls/")
                ? context(Masking.NOTHING, RecursionGuard.PER_PROGRAM, TASK)
                : event(section, Masking.PREEMPTION, RecursionGuard.PER_CPU);
    }

    private static ExecutionContext rawTracepoint(Section section) {
        return event(section, Masking.NOTHING, RecursionGuard.PER_PROGRAM);
    }

    private static ExecutionContext tracing(Section section) {
        return switch (section.attach()) {
            case "trace_iter" -> unguarded(Masking.NOTHING, TASK);
            case "trace_raw_tp" -> rawTracepoint(section);
            default -> section.sleepable() ? context(Masking.NOTHING, RecursionGuard.PER_PROGRAM, TASK)
                    : anywhere(Masking.NOTHING, RecursionGuard.PER_PROGRAM);
        };
    }

    /**
     * The tracepoints that always fire at one level: kernel/irq/handle.c, kernel/softirq.c, net/core/dev.c,
     * arch/x86/kernel/nmi.c, kernel/sched/core.c (under the run queue's lock), include/trace/syscall.h.
     */
    private static ExecutionContext event(Section section, Masking masking, RecursionGuard guard) {
        String target = section.target();
        return switch (target.substring(target.lastIndexOf('/') + 1)) {
            case "irq_handler_entry", "irq_handler_exit" -> context(masking, guard, HARDIRQ);
            case "softirq_entry", "softirq_exit", "napi_poll", "netif_receive_skb" -> context(masking, guard, SOFTIRQ);
            case "nmi_handler" -> context(masking, guard, NMI);
            case "sched_switch" -> context(Masking.INTERRUPTS, guard, TASK);
            case "sys_enter", "sys_exit" -> context(masking, guard, TASK);
            default -> anywhere(masking, guard);
        };
    }

    private static ExecutionContext anywhere(Masking masking, RecursionGuard guard) {
        return context(masking, guard, TASK, SOFTIRQ, HARDIRQ, NMI);
    }

    private static ExecutionContext unguarded(Masking masking, ContextLevel... levels) {
        return context(masking, RecursionGuard.NONE, levels);
    }

    private static ExecutionContext context(Masking masking, RecursionGuard guard, ContextLevel... levels) {
        return new ExecutionContext(Lists.immutable.with(levels), masking, guard);
    }
}
