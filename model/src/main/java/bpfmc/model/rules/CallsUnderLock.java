package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helper;
import bpfmc.model.machine.VerifierState.Lock;
import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Only a few helpers and kernel functions are called while a lock is held. */
final class CallsUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "calls-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        boolean call = m.instruction() instanceof Instruction.CallHelper || m.instruction() instanceof Instruction.CallKfunc;
        if (!call || Locks.held(m, kernel).isEmpty() || hasARuleOfItsOwn(m) || UnknownFunction.at(m, kernel).isPresent()) {
            return Optional.empty();
        }
        String name = m.helper().map(h -> "bpf_" + h.name()).orElse(m.kfunc());
        Lock lock = Locks.held(m, kernel).getLast();
        return LockRules.pageOf(this).allows(name, kernel.version()) ? Optional.empty()
                : Optional.of(Breach.because((name.isEmpty() ? "a kernel function" : name) + " is called while the lock taken here is held").since(lock.at()));
    }

    /** {@link OneLockHeld}, {@link TailCallUnderLock} and {@link SleepUnderLock}: so that each can be waived alone. */
    private static boolean hasARuleOfItsOwn(VerifierPoint m) {
        return Locks.call(m).filter(c -> c.acquires() && c.kind() == LockClass.PLAIN).isPresent() || m.helper().filter(h ->
                h.effects().contains(Helper.Effect.TAIL_CALL) || h.effects().contains(Helper.Effect.SLEEPS)).isPresent();
    }
}
