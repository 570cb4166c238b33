package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No subprogram at all is called while a lock is held. */
final class SubprogramUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "subprogram-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.subprogram().flatMap(f -> Locks.held(m, kernel).getLastOptional().map(lock ->
                Breach.because("function " + f.name() + " is called while the lock taken here is held").since(lock.at())));
    }
}
