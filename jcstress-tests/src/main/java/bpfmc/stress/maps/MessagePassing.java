package bpfmc.stress.maps;

import bpfmc.model.lock.LockedElement;
import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A program writes data in one section and a flag in the next; does one that sees the flag see the data? */
@JCStressTest
@Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "Who sees the flag sees the data.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The flag without the data.")
@State
public class MessagePassing {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 2);

    @Actor
    public void cpu0(II_Result r) {
        element.locked(0, v -> v[1] = 1);
        element.locked(0, v -> v[0] = 1);
    }

    @Actor
    public void cpu1(II_Result r) {
        element.locked(1, v -> r.r1 = v[0]);
        element.locked(1, v -> r.r2 = v[1]);
    }
}
