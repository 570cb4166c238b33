package bpfmc.stress.maps;

import bpfmc.model.lock.LockedElement;
import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Each of two programs writes one field and reads the other, under the lock each time: does either write reach the other in time? */
@JCStressTest
@Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "One write at least was seen.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither saw the write of the other: sections of one lock are not in one order.")
@State
public class StoreBuffering {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 2);

    @Actor
    public void cpu0(II_Result r) {
        element.locked(0, v -> v[0] = 1);
        element.locked(0, v -> r.r1 = v[1]);
    }

    @Actor
    public void cpu1(II_Result r) {
        element.locked(1, v -> v[1] = 1);
        element.locked(1, v -> r.r2 = v[0]);
    }
}
