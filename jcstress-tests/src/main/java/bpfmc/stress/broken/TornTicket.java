package bpfmc.stress.broken;

import bpfmc.model.lock.SpinLimitReached;
import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TicketSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broken on purpose: the ticket lock whose tickets are drawn by a load and a store. Are increments lost? */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "No increment is lost.")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "A waiter gave up: the lock is never free again, or the machine is busy.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost.")
@State
public class TornTicket {
    private final SpinLock lock = new TicketSpinLock(new WeakWords(1, WeakWords.Weakness.ADD), 0, 1 << 12);
    private int count;
    private volatile boolean stuck;

    @Actor
    public void cpu0() {
        increment(0);
    }

    @Actor
    public void cpu1() {
        increment(1);
    }

    private void increment(int cpu) {
        try {
            lock.lock(cpu);
            count++;
            lock.unlock(cpu);
        } catch (SpinLimitReached e) {
            stuck = true;
        }
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = stuck ? -1 : count;
    }
}
