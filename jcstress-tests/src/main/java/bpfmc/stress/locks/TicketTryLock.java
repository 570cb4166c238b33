package bpfmc.stress.locks;

import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TicketSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Do two threads that try the free ticket lock at the same time both get it, or neither? */
@JCStressTest
@Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One of them gets it.")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "Both get it.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither gets it although it is free.")
@State
public class TicketTryLock {
    private final SpinLock lock = new TicketSpinLock();

    @Actor
    public void cpu0(II_Result r) {
        r.r1 = lock.tryLock(0) ? 1 : 0;
    }

    @Actor
    public void cpu1(II_Result r) {
        r.r2 = lock.tryLock(1) ? 1 : 0;
    }
}
