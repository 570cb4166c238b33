package bpfmc.model.kernel;

/** What keeps a CPU's interrupts away from a bpf_spin_lock while the CPU waits for it and owns it. */
public enum LockIrqMode {
    /**
     * Interrupts are off from before the wait to after the release: what Linux does (kernel/bpf/helpers.c,
     * __bpf_spin_lock_irqsave, Linux 5.1 to 7.3). Only an NMI comes in between.
     */
    IRQSAVE("irqsave"),
    /** Preemption is off, interrupts stay on: a spin_lock(). */
    PLAIN("plain"),
    /**
     * As plain, but softirqs are off while a networking program runs: the alternative that the commit of bpf_spin_lock
     * mentions (d83525ca62cf).
     */
    SOFTIRQS_OFF("softirqs-off");

    private final String word;

    LockIrqMode(String word) {
        this.word = word;
    }

    /** {@return its name on the command line and in reports} */
    public String word() {
        return word;
    }
}
