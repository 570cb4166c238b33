package bpfmc.stress.broken;

import bpfmc.model.lock.LockLayout;
import bpfmc.model.lock.ResilientSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Broken on purpose: the resilient lock whose table of held locks is never read. Is a CPU that takes a lock which it owns told so? */
@JCStressTest
@Outcome(id = "TAKEN, EDEADLK", expect = Expect.ACCEPTABLE, desc = "The second request is refused.")
@Outcome(id = {"ETIMEDOUT, TAKEN", "ETIMEDOUT, ETIMEDOUT"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "The other one stopped for long inside.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The deadlock is not seen; only a timeout ends it.")
@State
public class ForgottenLocks {
    private static final LockLayout LAYOUT = new LockLayout(1, 2);
    private static final long TIMEOUT_NANOS = 20_000;

    private final ResilientSpinLock lock = ResilientSpinLock.over(LAYOUT, new WeakWords(LAYOUT.words(), WeakWords.Weakness.TABLE), TIMEOUT_NANOS)[0];

    @Actor
    public void twice(LL_Result r) {
        r.r1 = lock.lock(0);
        r.r2 = lock.lock(0);
        if (r.r1 == ResilientSpinLock.Result.TAKEN) {
            lock.unlock(0);
        }
    }

    @Actor
    public void other() {
        if (lock.lock(1) == ResilientSpinLock.Result.TAKEN) {
            lock.unlock(1);
        }
    }
}
