package bpfmc.stress.locks;

import bpfmc.model.lock.QueuedSpinLock;
import bpfmc.model.lock.SpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Are increments lost when a third thread has to queue behind the pending one? */
@JCStressTest
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "No increment is lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost.")
@State
public class QueuedThreeIncrements {
    private final SpinLock lock = new QueuedSpinLock(4);
    private int count;

    @Actor
    public void cpu0() {
        lock.lock(0);
        count++;
        lock.unlock(0);
    }

    @Actor
    public void cpu1() {
        lock.lock(1);
        count++;
        lock.unlock(1);
    }

    @Actor
    public void cpu2() {
        lock.lock(2);
        count++;
        lock.unlock(2);
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }
}
