package bpfmc.stress.locks;

import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Does a waiter that comes while another one is pending ever overtake it? The last number tells whether it found the pending bit set and queued behind it: both paths are taken. */
@JCStressTest
@Outcome(id = "1, 2, 1", expect = Expect.ACCEPTABLE, desc = "It queued behind the pending waiter.")
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "The pending waiter had the lock already.")
@Outcome(id = {"1, 2, -1", "2, 1, -1"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "The pending waiter was not seen in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It overtook the pending waiter.")
@State
public class QueuedOrder {
    private static final int PENDING = 0x100;
    private static final int PATIENCE = 10_000;

    private final QueuedSpinLock lock = new QueuedSpinLock(3);
    private int turn;

    public QueuedOrder() {
        lock.lock(0);
    }

    @Actor
    public void first(III_Result r) {
        lock.lock(1);
        r.r1 = ++turn;
        lock.unlock(1);
    }

    /** Releases the lock once the first waiter is pending, and then asks for it itself. */
    @Actor
    public void second(III_Result r) {
        boolean seen = pendingSeen();
        lock.unlock(0);
        boolean pending = (lock.word() & PENDING) != 0;
        lock.lock(2);
        r.r2 = ++turn;
        lock.unlock(2);
        r.r3 = !seen ? -1 : pending ? 1 : 0;
    }

    private boolean pendingSeen() {
        for (int i = 0; i < PATIENCE; i++) {
            if ((lock.word() & PENDING) != 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
