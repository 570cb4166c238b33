package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A bpf_spin_lock is taken only while no other lock is held. */
final class OneLockHeld implements LockRule.OfRun {
    @Override
    public String id() {
        return "one-lock-held";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.call(m).filter(c -> c.acquires() && c.kind() == LockClass.PLAIN).flatMap(c -> Locks.held(m, kernel).getLastOptional())
                .map(lock -> Breach.because("a second lock is taken while the one taken here is held").since(lock.at()));
    }
}
