package bpfmc.stress.maps;

import bpfmc.model.lock.LockedElement;
import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Does BPF_F_LOCK on the update alone help a copy without it? */
@JCStressTest
@Outcome(id = {"0, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "One whole value.")
@Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A mixture of two values.")
@State
public class CopyWithoutLockOfUpdateWithLock {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 2);

    @Actor
    public void update() {
        element.update(0, true, 1, 1);
    }

    @Actor
    public void lookup(II_Result r) {
        int[] copy = element.lookup(1, false);
        r.r1 = copy[0];
        r.r2 = copy[1];
    }
}
