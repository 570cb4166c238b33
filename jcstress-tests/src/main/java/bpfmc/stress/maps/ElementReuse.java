package bpfmc.stress.maps;

import bpfmc.model.lock.LockedElement;
import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Does a program that keeps the address of a deleted element count for the key that the element is given to next? */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "It counted before the element was reused.")
@Outcome(id = "1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "It counted for the new key: a stale element.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A value that nobody wrote.")
@State
public class ElementReuse {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 1);

    @Actor
    public void counts() {
        element.locked(0, v -> v[0]++);
    }

    @Actor
    public void deletesAndInserts() {
        element.update(1, true, 0);
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = element.value()[0];
    }
}
