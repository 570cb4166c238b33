package bpfmc.stress.locks;

import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TicketSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Are increments under the ticket lock ever lost? */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "No increment is lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost.")
@State
public class TicketIncrements {
    private final SpinLock lock = new TicketSpinLock();
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

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }
}
