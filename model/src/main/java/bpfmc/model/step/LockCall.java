package bpfmc.model.step;

/** By which functions a lock is taken or released, and so what is switched off on the CPU meanwhile. */
public sealed interface LockCall {
    LockCall PLAIN = new Plain();
    LockCall RESILIENT = new Resilient();

    /** bpf_spin_lock and bpf_spin_unlock: interrupts are off, as the discipline says (kernel/bpf/helpers.c). */
    record Plain() implements LockCall {}

    /** bpf_res_spin_lock and bpf_res_spin_unlock: preemption is off, and taking the lock may fail (kernel/bpf/rqspinlock.c, Linux 6.15). */
    record Resilient() implements LockCall {}

    /** bpf_res_spin_lock_irqsave: interrupts are off too. @param frame of the stack @param offset where what it found is kept there */
    record Saving(int frame, int offset) implements LockCall {}

    /** bpf_res_spin_unlock_irqrestore. @param saved what is restored, as {@link CpuFlags#irqsOffAt()} */
    record Restoring(int saved) implements LockCall {}

    /** {@return whether it is one of a resilient lock} */
    default boolean resilient() {
        return !(this instanceof Plain);
    }
}
