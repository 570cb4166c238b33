package bpfmc.model.rules;

import bpfmc.model.kernel.Helper;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No tail call while a lock is held. */
final class TailCallUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "tail-call-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.helper().filter(h -> h.effects().contains(Helper.Effect.TAIL_CALL)).flatMap(h -> Locks.held(m, kernel).getLastOptional())
                .map(lock -> Breach.because("a tail call never returns to release the lock taken here").since(lock.at()));
    }
}
