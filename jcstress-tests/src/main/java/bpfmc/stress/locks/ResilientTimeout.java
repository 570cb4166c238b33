package bpfmc.stress.locks;

import bpfmc.model.lock.ResilientSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Does a CPU that waits for an owner who never releases give up, and leave nothing behind that refuses it the lock later? */
@JCStressTest
@Outcome(id = "ETIMEDOUT, ETIMEDOUT, TAKEN", expect = Expect.ACCEPTABLE, desc = "Both waiters gave up; released at last, the lock is taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The owned lock was given away, a deadlock is seen where there is none, or a waiter that gave up counts as one who holds.")
@State
public class ResilientTimeout {
    private static final long TIMEOUT_NANOS = 5_000;
    private static final int OWNER = 2;

    private final ResilientSpinLock lock = ResilientSpinLock.sharing(1, 3, TIMEOUT_NANOS)[0];

    public ResilientTimeout() {
        lock.lock(OWNER);
    }

    @Actor
    public void cpu0(LLL_Result r) {
        r.r1 = lock.lock(0);
    }

    @Actor
    public void cpu1(LLL_Result r) {
        r.r2 = lock.lock(1);
    }

    @Arbiter
    public void end(LLL_Result r) {
        lock.unlock(OWNER);
        r.r3 = lock.lock(0);
    }
}
