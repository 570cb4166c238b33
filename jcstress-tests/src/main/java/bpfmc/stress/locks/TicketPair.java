package bpfmc.stress.locks;

import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TicketSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Does the next holder of the ticket lock see all that the holder before wrote, in plain fields? */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader came first.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The writer came first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The reader sees half of it.")
@State
public class TicketPair {
    private final SpinLock lock = new TicketSpinLock();
    private int x;
    private int y;

    @Actor
    public void writer() {
        lock.lock(0);
        x = 1;
        y = 1;
        lock.unlock(0);
    }

    @Actor
    public void reader(II_Result r) {
        lock.lock(1);
        r.r2 = y;
        r.r1 = x;
        lock.unlock(1);
    }
}
