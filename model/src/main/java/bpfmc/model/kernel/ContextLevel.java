package bpfmc.model.kernel;

/** Where on a CPU a program runs; a higher level may interrupt a lower one. */
public enum ContextLevel {
    TASK, SOFTIRQ, HARDIRQ, NMI
}
