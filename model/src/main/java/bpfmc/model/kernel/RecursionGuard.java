package bpfmc.model.kernel;

/** What the kernel does when a program is about to start on a CPU where another one is still running, interrupted. */
public enum RecursionGuard {
    /** Nothing: the program runs on top. */
    NONE,
    /**
     * One counter per CPU, shared by all programs with this guard: whoever comes second is skipped. System calls on
     * maps hold the counter too (bpf_disable_instrumentation).
     *
     * <p>Source: bpf_prog_active, kernel/trace/bpf_trace.c, trace_call_bpf, Linux 7.3.
     */
    PER_CPU,
    /**
     * One counter per program and CPU: the program is skipped while it runs there already, others are not.
     *
     * <p>Source: prog->active, kernel/bpf/trampoline.c and kernel/trace/bpf_trace.c, Linux 7.3.
     */
    PER_PROGRAM;

    /** {@return whether the guard lets a program run on top of a run of itself} */
    boolean allowsItself() {
        return this == NONE;
    }

    /** {@return whether a program with this guard can run on top of another program that has {@code below}} */
    boolean allowsOver(RecursionGuard below) {
        return this != PER_CPU || below != PER_CPU;
    }
}
