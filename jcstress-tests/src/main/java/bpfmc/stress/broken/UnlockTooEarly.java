package bpfmc.stress.broken;

import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TrivialSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broken on purpose: the lock is released before the last write of the section. Are increments lost? */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "No increment is lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost.")
@State
public class UnlockTooEarly {
    private final SpinLock lock = new TrivialSpinLock();
    private int count;

    @Actor
    public void cpu0() {
        lock.lock(0);
        int next = count + 1;
        lock.unlock(0);
        count = next;
    }

    @Actor
    public void cpu1() {
        lock.lock(1);
        int next = count + 1;
        lock.unlock(1);
        count = next;
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }
}
