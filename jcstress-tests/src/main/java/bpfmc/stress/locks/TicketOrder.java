package bpfmc.stress.locks;

import bpfmc.model.lock.ArrayWords;
import bpfmc.model.lock.LockWords;
import bpfmc.model.lock.TicketSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Does a waiter whose ticket is later ever overtake one whose ticket is earlier? */
@JCStressTest
@Outcome(id = "1, 2, 1", expect = Expect.ACCEPTABLE, desc = "Served in the order of the tickets.")
@Outcome(id = {"1, 2, -1", "2, 1, -1"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "No ticket was drawn in time, so no order was promised.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The later ticket was served first.")
@State
public class TicketOrder {
    private static final int TWO_DRAWN = 2;
    private static final int PATIENCE = 10_000;

    private final LockWords words = new ArrayWords(1);
    private final TicketSpinLock lock = new TicketSpinLock(words, 0);
    private int turn;

    public TicketOrder() {
        lock.lock(0);
    }

    @Actor
    public void first(III_Result r) {
        lock.lock(1);
        r.r1 = ++turn;
        lock.unlock(1);
    }

    /** Releases the lock once the first waiter has its ticket, and then asks for it itself. */
    @Actor
    public void second(III_Result r) {
        boolean seen = ticketSeen();
        lock.unlock(0);
        lock.lock(2);
        r.r2 = ++turn;
        lock.unlock(2);
        r.r3 = seen ? 1 : -1;
    }

    private boolean ticketSeen() {
        for (int i = 0; i < PATIENCE; i++) {
            if (words.opaque(0) >>> 16 == TWO_DRAWN) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
