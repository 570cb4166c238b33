package bpfmc.stress.locks;

import bpfmc.stress.broken.TwoQueued;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The queue that {@code broken.TailSwap} and {@code broken.HandOverTooEarly} spoil, unspoilt: are increments lost, or waiters? */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "Both came in, one after the other.")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "A waiter gave up: the machine is busy.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost, or a waiter was never released.")
@State
public class QueueWithoutFault {
    private final TwoQueued lock = new TwoQueued(TwoQueued.Fault.NONE);
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
