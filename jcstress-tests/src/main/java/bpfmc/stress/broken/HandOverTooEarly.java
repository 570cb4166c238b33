package bpfmc.stress.broken;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Broken on purpose: the lock is handed over without waiting for the successor to link itself. Is a waiter ever left waiting? */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Both came in, one after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A waiter was never released.")
@State
public class HandOverTooEarly {
    private final TwoQueued lock = new TwoQueued(TwoQueued.Fault.HAND_OVER_WITHOUT_LINK);
    private int count;
    private volatile int stuck;

    @Actor
    public void cpu0() {
        increment(0);
    }

    @Actor
    public void cpu1() {
        increment(1);
    }

    private void increment(int cpu) {
        if (lock.lock(cpu)) {
            count++;
            lock.unlock(cpu);
        } else {
            stuck = 1;
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = count + stuck;
        r.r2 = stuck;
    }
}
