package bpfmc.stress.locks;

import bpfmc.model.lock.SpinLock;
import bpfmc.model.lock.TrivialSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** Does a thread that waits for the trivial lock get it when it is released? */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "The waiter got the lock.")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "The waiter never saw the release.")
@State
public class TrivialHandOver {
    private final SpinLock lock = new TrivialSpinLock();

    public TrivialHandOver() {
        lock.lock(0);
    }

    @Actor
    public void waiter() {
        lock.lock(1);
    }

    @Signal
    public void owner() {
        lock.unlock(0);
    }
}
