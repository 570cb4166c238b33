package bpfmc.model.rules;

import bpfmc.model.kernel.Helper;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Nothing that may sleep is called while a lock is held. */
final class SleepUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "sleep-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.helper().filter(h -> h.effects().contains(Helper.Effect.SLEEPS)).flatMap(h -> Locks.held(m, kernel).getLastOptional()
                .map(lock -> Breach.because("bpf_" + h.name() + " may sleep, and the lock taken here is held").since(lock.at())));
    }
}
