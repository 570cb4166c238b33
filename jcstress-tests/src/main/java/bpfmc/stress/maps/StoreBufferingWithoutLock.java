package bpfmc.stress.maps;

import bpfmc.model.lock.LockedElement;
import bpfmc.model.lock.QueuedSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Each of two programs writes one field and reads the other, without the lock: can both miss the write of the other? */
@JCStressTest
@Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "One write at least was seen.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Neither saw the write of the other: both writes were still in the store buffers.")
@State
public class StoreBufferingWithoutLock {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 2);

    @Actor
    public void cpu0(II_Result r) {
        element.value()[0] = 1;
        r.r1 = element.value()[1];
    }

    @Actor
    public void cpu1(II_Result r) {
        element.value()[1] = 1;
        r.r2 = element.value()[0];
    }
}
