package bpfmc.model.rules;

import bpfmc.model.thread.Custody.LockClass;
import bpfmc.model.thread.Moment;
import java.util.Optional;

/** A bpf_spin_lock is taken only while no other lock is held. */
final class OneLockHeld implements LockRule.OfRun {
    @Override
    public String id() {
        return "one-lock-held";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Locks.call(m).filter(c -> c.acquires() && c.kind() == LockClass.PLAIN).flatMap(c -> Locks.held(m, kernel).getLastOptional())
                .map(lock -> Breach.because("a second lock is taken while the one taken here is held").since(lock.at()));
    }
}
