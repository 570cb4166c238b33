package bpfmc.model.thread;

import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.thread.VisibleOperation.Acquire;
import bpfmc.model.thread.VisibleOperation.Release;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;

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

    /** Bytes of the flags that bpf_res_spin_lock_irqsave keeps. */
    int FLAGS = 8;

    /** {@return whether a kernel function takes or releases a resilient lock} */
    static boolean concerns(String kfunc) {
        return kfunc.startsWith("bpf_res_spin_");
    }

    /** {@return whether the program's code takes or releases resilient locks} */
    static boolean usedBy(BpfProgram program) {
        return program.references().anySatisfy(r -> r instanceof Reference.Kfunc f && concerns(f.name()));
    }

    /** Stops the machine before a function that takes or releases a resilient lock. */
    static void call(Machine m, String kfunc) {
        if (!(m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e && p.offset() instanceof Constant c)) {
            m.unsupported("kernel function " + kfunc + " of a lock that is not in a map value");
            return;
        }
        int offset = (int) c.value();
        Optional<VisibleOperation> operation = switch (kfunc) {
            case "bpf_res_spin_lock" -> Optional.of(new Acquire(e, offset, RESILIENT));
            case "bpf_res_spin_unlock" -> Optional.of(new Release(e, offset, RESILIENT));
            case "bpf_res_spin_lock_irqsave" -> flags(m).map(f -> new Acquire(e, offset, f));
            case "bpf_res_spin_unlock_irqrestore" -> flags(m).flatMap(f -> saved(m, f)).map(s -> new Release(e, offset, new Restoring(s)));
            default -> Optional.empty();
        };
        operation.ifPresentOrElse(m::stopAt, () -> m.unsupported("kernel function " + kfunc + ", or its flags"));
    }

    private static Optional<Saving> flags(Machine m) {
        return m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant c
                ? Optional.of(new Saving(s.frame(), (int) c.value())) : Optional.empty();
    }

    private static Optional<Integer> saved(Machine m, Saving flags) {
        return m.frames.get(flags.frame()).stack().read(flags.offset(), FLAGS, MemoryAccess.unknowns(m)) instanceof Value.Scalar s
                && s.term() instanceof Constant c ? Optional.of((int) c.value()) : Optional.empty();
    }

    /** Notes that the machine owns the lock. */
    static void taken(Machine m, Acquire lock, boolean irqsave) {
        m.held = m.held.newWith(new HeldLock(lock.element().slot(), lock.offset(), m.pc, !lock.call().resilient()));
        switch (lock.call()) {
            case Plain p -> m.flags = irqsave ? m.flags.locked(m.pc) : m.flags;
            case Resilient r -> m.flags = m.flags.preemption(1, m.pc);
            case Saving s -> {
                Frame frame = m.frames.get(s.frame());
                Cells stack = frame.stack().write(s.offset(), FLAGS, Value.of((long) m.flags.irqsOffAt()), MemoryAccess.unknowns(m));
                m.frames.set(s.frame(), frame.withStack(stack));
                m.flags = m.flags.irqsSaved(m.pc).preemption(1, m.pc);
            }
            case Restoring r -> throw new IllegalStateException("bpf_res_spin_unlock_irqrestore takes no lock");
        }
    }

    /** Notes that the machine owns the lock no more. */
    static void released(Machine m, Release lock, boolean irqsave) {
        m.held = m.held.reject(h -> h.element() == lock.element().slot() && h.offset() == lock.offset());
        switch (lock.call()) {
            case Plain p -> m.flags = irqsave ? m.flags.unlocked(m.held.noneSatisfy(HeldLock::needsWord)) : m.flags;
            case Resilient r -> m.flags = m.flags.preemption(-1, m.pc);
            case Restoring r -> m.flags = m.flags.irqsRestored(r.saved()).preemption(-1, m.pc);
            case Saving s -> throw new IllegalStateException("bpf_res_spin_lock_irqsave releases no lock");
        }
    }
}
