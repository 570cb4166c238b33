package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A lock is released only where one is held. */
final class UnlockWithoutLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "unlock-without-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.call(m).filter(c -> !c.acquires() && Locks.held(m, kernel).isEmpty())
                .map(c -> Breach.because("no lock is held on this path" + (m.custody().locks().isEmpty() ? ""
                        : ": this kernel does not follow locks in global data")).with(c.unlock()));
    }
}
