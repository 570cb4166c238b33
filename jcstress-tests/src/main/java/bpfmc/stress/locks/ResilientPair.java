package bpfmc.stress.locks;

import bpfmc.model.lock.ResilientSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Does the next holder of the resilient lock see all that the holder before wrote, in plain fields? */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The writer came first.")
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The reader was refused after a timeout: the machine is busy.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The reader sees half of it.")
@State
public class ResilientPair {
    private final ResilientSpinLock lock = ResilientSpinLock.sharing(1, 2)[0];
    private int x;
    private int y;

    @Actor
    public void writer() {
        if (lock.lock(0) == ResilientSpinLock.Result.TAKEN) {
            x = 1;
            y = 1;
            lock.unlock(0);
        }
    }

    @Actor
    public void reader(II_Result r) {
        if (lock.lock(1) == ResilientSpinLock.Result.TAKEN) {
            r.r2 = y;
            r.r1 = x;
            lock.unlock(1);
        } else {
            r.r1 = -1;
            r.r2 = -1;
        }
    }
}
