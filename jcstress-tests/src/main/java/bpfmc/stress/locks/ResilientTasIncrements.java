package bpfmc.stress.locks;

import bpfmc.model.lock.ResilientTasSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Are increments under the test-and-set form of the resilient lock ever lost? */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "No increment is lost.")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "The lock was refused after a timeout: the machine is busy.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost, or a deadlock is seen where there is none.")
@State
public class ResilientTasIncrements {
    private final ResilientTasSpinLock lock = ResilientTasSpinLock.sharing(1, 2)[0];
    private int count;
    private volatile boolean timeout;
    private volatile boolean deadlock;

    @Actor
    public void cpu0() {
        increment(0);
    }

    @Actor
    public void cpu1() {
        increment(1);
    }

    private void increment(int cpu) {
        switch (lock.lock(cpu)) {
            case TAKEN -> {
                count++;
                lock.unlock(cpu);
            }
            case ETIMEDOUT -> timeout = true;
            case EDEADLK -> deadlock = true;
        }
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = deadlock ? -2 : timeout ? -1 : count;
    }
}
