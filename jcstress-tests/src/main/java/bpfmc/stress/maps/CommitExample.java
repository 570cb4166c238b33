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

/** The example of the commit "bpf: introduce bpf_spin_lock": is val->cnt++ under the lock ever lost? */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both increments count.")
@Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "One increment is lost.")
@State
public class CommitExample {
    private final LockedElement element = new LockedElement(new QueuedSpinLock(2), 1);

    @Actor
    public void cpu0() {
        element.locked(0, v -> v[0]++);
    }

    @Actor
    public void cpu1() {
        element.locked(1, v -> v[0]++);
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = element.value()[0];
    }
}
