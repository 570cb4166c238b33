package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A resilient lock is not taken again by the run that holds it. */
final class ResLockAa implements LockRule.OfRun {
    @Override
    public String id() {
        return "res-lock-aa";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.callOnElement(m).filter(c -> c.acquires() && c.kind() != LockClass.PLAIN).flatMap(c -> m.custody().locks()
                .detectOptional(l -> Locks.element(m.argument(1)).get() == l.element() && l.kind() != LockClass.PLAIN))
                .map(l -> Breach.because("the lock taken here is taken again").since(l.at()));
    }
}
