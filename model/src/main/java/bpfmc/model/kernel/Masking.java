package bpfmc.model.kernel;

/** What the kernel has switched off on the CPU while a program runs, beyond what the program's level implies. */
public enum Masking {
    /** Nothing: another task may take the CPU over from a program at task level, and run programs of its own. */
    NOTHING,
    /** Preemption: the task keeps the CPU, interrupts still come. */
    PREEMPTION,
    /** Interrupts, and with them softirqs and preemption: only an NMI still comes. */
    INTERRUPTS
}
