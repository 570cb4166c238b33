package bpfmc.stress.locks;

import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** May a thread that owns one lock wait for another with the queue node of its next context level? */
@JCStressTest
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "No increment is lost under either lock.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An increment is lost.")
@State
public class QueuedNesting {
    private final QueuedSpinLock[] locks = QueuedSpinLock.sharing(2, 2);
    private int a;
    private int b;

    @Actor
    public void nested() {
        locks[0].lock(0);
        locks[1].lock(0);
        b++;
        locks[1].unlock(0);
        a++;
        locks[0].unlock(0);
    }

    @Actor
    public void oneAfterTheOther() {
        locks[0].lock(1);
        a++;
        locks[0].unlock(1);
        locks[1].lock(1);
        b++;
        locks[1].unlock(1);
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = a;
        r.r2 = b;
    }
}
