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
    /** {@link ResilientMachine}: what bpf_res_spin_lock is where QUEUED is bpf_spin_lock. */
    RESILIENT,
    /** {@link ResilientTasMachine}. */
    RESILIENT_TAS;

    /** {@return its name on the command line and in reports} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return its step machine, as the kernel has it; none for the specification} */
    public Optional<LockMachine> machine(LockLayout layout) {
        return this == SPECIFICATION ? Optional.empty() : Optional.of(LockMachine.of(word(), layout, Defect.NONE));
    }

    /** {@return whether it keeps words of its own for each CPU, beside the lock word} */
    public boolean keepsCpuWords() {
        return queues() || refuses();
    }

    /** {@return whether waiters queue, so that lock words name CPUs and their queue nodes} */
    public boolean queues() {
        return this == QUEUED || this == RESILIENT;
    }

    /** {@return whether it may refuse to be taken} */
    public boolean refuses() {
        return this == RESILIENT || this == RESILIENT_TAS;
    }
}
