package bpfmc.stress.broken;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Broken on purpose: the tail of the queue is swapped by a load and a store. Are increments lost? */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Both came in, one after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost: both took the lock.")
@State
public class TailSwap {
    private final TwoQueued lock = new TwoQueued(TwoQueued.Fault.TAIL_SWAPPED_BY_LOAD_AND_STORE);
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
