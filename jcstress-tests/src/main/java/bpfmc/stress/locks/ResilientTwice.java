package bpfmc.stress.locks;

import bpfmc.model.lock.ResilientSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Is a CPU that takes a lock which it owns told so, while another one waits for it? */
@JCStressTest
@Outcome(id = "TAKEN, EDEADLK", expect = Expect.ACCEPTABLE, desc = "The second request is refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The deadlock is not seen, or a lock is refused without one.")
@State
public class ResilientTwice {
    private final ResilientSpinLock lock = ResilientSpinLock.sharing(1, 2, 2_000_000_000L)[0];

    @Actor
    public void twice(LL_Result r) {
        r.r1 = lock.lock(0);
        r.r2 = lock.lock(0);
        lock.unlock(0);
    }

    @Actor
    public void other() {
        if (lock.lock(1) == ResilientSpinLock.Result.TAKEN) {
            lock.unlock(1);
        }
    }
}
