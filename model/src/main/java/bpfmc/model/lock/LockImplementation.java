package bpfmc.model.lock;

import java.util.Locale;
import java.util.Optional;

/** What a bpf_spin_lock is made of. */
public enum LockImplementation {
    /** Nothing: one step takes the lock when nobody owns it, one step releases it. */
    SPECIFICATION,
    /** {@link TrivialMachine}. */
    TRIVIAL,
    /** {@link TicketMachine}. */
    TICKET,
    /** {@link QueuedMachine}: what Linux has on all big architectures. */
    QUEUED,
    /** {@link ResilientMachine}. */
    RESILIENT;

    /** {@return its name on the command line and in reports} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return its step machine, as the kernel has it; none for the specification} */
    public Optional<LockMachine> machine(LockLayout layout) {
        return this == SPECIFICATION ? Optional.empty() : Optional.of(LockMachine.of(word(), layout, Defect.NONE));
    }

    /** {@return whether it keeps words of its own for each CPU, beside the lock word} */
    public boolean keepsCpuWords() {
        return this == QUEUED || this == RESILIENT;
    }
}
