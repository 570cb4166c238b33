package bpfmc.model.call;

import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.Release;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;

/** Calls that take and release locks. */
public final class LockCalls {
    private LockCalls() {}

    /** Bytes of the flags that bpf_res_spin_lock_irqsave keeps. */
    private static final int FLAGS = 8;

    /** {@return whether a kernel function takes or releases a resilient lock} */
    public static boolean concerns(String kfunc) {
        return kfunc.startsWith("bpf_res_spin_");
    }

    /** {@return whether the program's code takes or releases resilient locks} */
    public static boolean usedBy(BpfProgram program) {
        return program.references().anySatisfy(r -> r instanceof Reference.Kfunc f && concerns(f.name()));
    }

    /** Stops the machine before a function that takes or releases a resilient lock. */
    public static void call(Machine m, String kfunc) {
        if (!(m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e && p.offset() instanceof Constant c)) {
            m.unsupported("kernel function " + kfunc + " of a lock that is not in a map value");
            return;
        }
        int offset = (int) c.value();
        Optional<VisibleOperation> operation = switch (kfunc) {
            case "bpf_res_spin_lock" -> Optional.of(new Acquire(e, offset, LockCall.RESILIENT));
            case "bpf_res_spin_unlock" -> Optional.of(new Release(e, offset, LockCall.RESILIENT));
            case "bpf_res_spin_lock_irqsave" -> flags(m).map(f -> new Acquire(e, offset, f));
            case "bpf_res_spin_unlock_irqrestore" -> flags(m).flatMap(f -> saved(m, f)).map(s -> new Release(e, offset, new LockCall.Restoring(s)));
            default -> Optional.empty();
        };
        operation.ifPresentOrElse(m::stopAt, () -> m.unsupported("kernel function " + kfunc + ", or its flags"));
    }

    private static Optional<LockCall.Saving> flags(Machine m) {
        return m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant c
                ? Optional.of(new LockCall.Saving(s.frame(), (int) c.value())) : Optional.empty();
    }

    private static Optional<Integer> saved(Machine m, LockCall.Saving flags) {
        return m.frames.get(flags.frame()).stack().read(flags.offset(), FLAGS, MemoryAccess.unknowns(m)) instanceof Value.Scalar s
                && s.term() instanceof Constant c ? Optional.of((int) c.value()) : Optional.empty();
    }

    /** Notes that the machine owns the lock. */
    public static void taken(Machine m, Acquire lock, boolean irqsave) {
        m.held = m.held.newWith(new HeldLock(lock.element().slot(), lock.offset(), m.pc, !lock.call().resilient()));
        switch (lock.call()) {
            case LockCall.Plain p -> m.flags = irqsave ? m.flags.locked(m.pc) : m.flags;
            case LockCall.Resilient r -> m.flags = m.flags.preemption(1, m.pc);
            case LockCall.Saving s -> {
                Frame frame = m.frames.get(s.frame());
                Cells stack = frame.stack().write(s.offset(), FLAGS, Value.of((long) m.flags.irqsOffAt()), MemoryAccess.unknowns(m));
                m.frames.set(s.frame(), frame.withStack(stack));
                m.flags = m.flags.irqsSaved(m.pc).preemption(1, m.pc);
            }
            case LockCall.Restoring r -> throw new IllegalStateException("bpf_res_spin_unlock_irqrestore takes no lock");
        }
    }

    /** Notes that the machine owns the lock no more. */
    public static void released(Machine m, Release lock, boolean irqsave) {
        m.held = m.held.reject(h -> h.element() == lock.element().slot() && h.offset() == lock.offset());
        switch (lock.call()) {
            case LockCall.Plain p -> m.flags = irqsave ? m.flags.unlocked(m.held.noneSatisfy(HeldLock::needsWord)) : m.flags;
            case LockCall.Resilient r -> m.flags = m.flags.preemption(-1, m.pc);
            case LockCall.Restoring r -> m.flags = m.flags.irqsRestored(r.saved()).preemption(-1, m.pc);
            case LockCall.Saving s -> throw new IllegalStateException("bpf_res_spin_lock_irqsave releases no lock");
        }
    }
}
