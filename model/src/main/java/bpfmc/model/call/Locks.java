package bpfmc.model.call;

import bpfmc.model.isa.Condition;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.step.Answer;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.Release;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * bpf_spin_lock and bpf_spin_unlock (kernel/bpf/helpers.c), and the resilient locks (kernel/bpf/rqspinlock.c, Linux 6.15): what is switched
 * off on the CPU meanwhile is {@link LockCall}'s.
 */
final class Locks implements CallFamily {
    private static final String LOCK = "bpf_spin_lock";
    private static final String UNLOCK = "bpf_spin_unlock";
    private static final String RES_LOCK = "bpf_res_spin_lock";
    private static final String RES_UNLOCK = "bpf_res_spin_unlock";
    private static final String RES_LOCK_IRQSAVE = "bpf_res_spin_lock_irqsave";
    private static final String RES_UNLOCK_IRQRESTORE = "bpf_res_spin_unlock_irqrestore";

    /** Bytes of the flags that bpf_res_spin_lock_irqsave keeps. */
    private static final int FLAGS = 8;

    @Override
    public String name() {
        return "locks";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(LOCK, UNLOCK, RES_LOCK, RES_UNLOCK, RES_LOCK_IRQSAVE, RES_UNLOCK_IRQRESTORE);
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return switch (callee.name()) {
            case LOCK -> Sets.immutable.with(Use.TAKES_SPIN_LOCK);
            case UNLOCK -> Sets.immutable.empty();
            default -> Sets.immutable.with(Use.RESILIENT_LOCK);
        };
    }

    @Override
    public boolean enter(Call call) {
        String function = call.callee().name();
        boolean plain = function.equals(LOCK) || function.equals(UNLOCK);
        if (plain && call.argument(1) instanceof Value.Pointer p && p.region() instanceof Region.Stack) {
            return call.finish(Value.of(0)); // nobody else can see it, so nobody is kept out; no kernel allows it (lock-argument)
        }
        if (!(call.argument(1) instanceof Value.Pointer p && p.region() instanceof Region.Element e && p.offset() instanceof Constant c)) {
            return call.unsupported(plain ? "a lock that is not in a map value"
                    : "kernel function " + function + " of a lock that is not in a map value");
        }
        int offset = (int) c.value();
        Optional<VisibleOperation> operation = switch (function) {
            case LOCK -> Optional.of(new Acquire(e, offset, LockCall.PLAIN));
            case UNLOCK -> Optional.of(new Release(e, offset, LockCall.PLAIN));
            case RES_LOCK -> Optional.of(new Acquire(e, offset, LockCall.RESILIENT));
            case RES_UNLOCK -> Optional.of(new Release(e, offset, LockCall.RESILIENT));
            case RES_LOCK_IRQSAVE -> flags(call).map(f -> new Acquire(e, offset, f));
            default -> flags(call).flatMap(f -> saved(call, f)).map(s -> new Release(e, offset, new LockCall.Restoring(s)));
        };
        return operation.map(call::stop).orElseGet(() -> call.unsupported("kernel function " + function + ", or its flags"));
    }

    private static Optional<LockCall.Saving> flags(Call call) {
        return call.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant c
                ? Optional.of(new LockCall.Saving(s.frame(), (int) c.value())) : Optional.empty();
    }

    private static Optional<Integer> saved(Call call, LockCall.Saving flags) {
        Machine m = call.machine();
        return m.frames.get(flags.frame()).stack().read(flags.offset(), FLAGS, MemoryAccess.unknowns(m)) instanceof Value.Scalar s
                && s.term() instanceof Constant c ? Optional.of((int) c.value()) : Optional.empty();
    }

    // ---- answers

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        note(call, operation, answer);
        call.finish(answer);
    }

    /** Notes which locks the machine owns after a step, of this family or of another's {@link Script}. */
    static void note(Call call, VisibleOperation operation, Answer answer) {
        boolean irqsave = call.config().discipline() == LockIrqMode.IRQSAVE;
        if (operation instanceof Acquire a && !(answer instanceof Answer.Of of && !of.value().is(0))) {
            taken(call.machine(), a, irqsave);
        } else if (operation instanceof Release r) {
            released(call.machine(), r, irqsave);
        }
    }

    private static void taken(Machine m, Acquire lock, boolean irqsave) {
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

    private static void released(Machine m, Release lock, boolean irqsave) {
        m.held = m.held.reject(h -> h.element() == lock.element().slot() && h.offset() == lock.offset());
        switch (lock.call()) {
            case LockCall.Plain p -> m.flags = irqsave ? m.flags.unlocked(m.held.noneSatisfy(HeldLock::needsWord)) : m.flags;
            case LockCall.Resilient r -> m.flags = m.flags.preemption(-1, m.pc);
            case LockCall.Restoring r -> m.flags = m.flags.irqsRestored(r.saved()).preemption(-1, m.pc);
            case LockCall.Saving s -> throw new IllegalStateException("bpf_res_spin_lock_irqsave releases no lock");
        }
    }

    // ---- alone

    private static final long MAX_ERRNO = 4095;

    @Override
    public boolean alone(VerifierCall call) {
        return switch (call.callee().name()) {
            case LOCK -> acquire(call, LockClass.PLAIN);
            case UNLOCK -> release(call, LockClass.PLAIN);
            case RES_LOCK -> tryLock(call, LockClass.RESILIENT);
            case RES_LOCK_IRQSAVE -> tryLock(call, LockClass.RESILIENT_IRQ);
            case RES_UNLOCK -> release(call, LockClass.RESILIENT);
            default -> {
                VerifierIrqFlags.restore(call, 2);
                yield release(call, LockClass.RESILIENT_IRQ);
            }
        };
    }

    private static boolean acquire(VerifierCall call, LockClass kind) {
        call.element(1).ifPresent(e -> call.keep(call.state().locked(new VerifierState.Lock(kind, e, call.machine().pc))));
        call.happened(PathHistory.Kind.LOCK);
        return call.finish(Value.of(0));
    }

    /** After an unlock the program no longer has what it did not own (verifier.c, invalidate_non_owning_refs). */
    private static boolean release(VerifierCall call, LockClass kind) {
        call.element(1).ifPresent(e -> call.keep(call.state().unlocked(kind, e)));
        call.happened(PathHistory.Kind.UNLOCK);
        VerifierState state = call.state();
        VerifierElements.release(call.machine(), slot -> state.origins().get(slot) instanceof Origin.Allocated a && !a.owned());
        return call.finish(Value.of(0));
    }

    /** r0 is 0 and the lock is held, or r0 is an error and it is not (verifier.c, check_kfunc_call, Linux 6.15). */
    private static boolean tryLock(VerifierCall call, LockClass kind) {
        VerifierCall failed = call.fork();
        failed.happened(PathHistory.Kind.FAILS);
        Machine m = failed.machine();
        Symbol low = m.unknown(4);
        Term error = Terms.signExtend(low, 4);
        m.assume(Comparison.of(Condition.GE, low, Terms.constant(-MAX_ERRNO & 0xffffffffL)));
        m.assume(Comparison.of(Condition.SLT, error, Terms.constant(0)));
        failed.finish(Value.of(error));
        if (kind == LockClass.RESILIENT_IRQ) {
            VerifierIrqFlags.save(call, 2, true);
        }
        return acquire(call, kind);
    }
}
