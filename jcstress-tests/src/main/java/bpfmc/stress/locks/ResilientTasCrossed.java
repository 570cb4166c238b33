package bpfmc.stress.locks;

import bpfmc.model.lock.ResilientTasSpinLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Do two CPUs that take two locks in opposite orders ever hang with the test-and-set form? */
@JCStressTest
@Outcome(id = "TAKEN, TAKEN", expect = Expect.ACCEPTABLE, desc = "They did not meet.")
@Outcome(id = {"EDEADLK, TAKEN", "TAKEN, EDEADLK"}, expect = Expect.ACCEPTABLE, desc = "One is refused and lets the other go on.")
@Outcome(id = "EDEADLK, EDEADLK", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both are refused at the same time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A deadlock that only a timeout ended.")
@State
public class ResilientTasCrossed {
    private final ResilientTasSpinLock[] locks = ResilientTasSpinLock.sharing(2, 2, 2_000_000_000L);

    @Actor
    public void ab(LL_Result r) {
        r.r1 = both(0, locks[0], locks[1]);
    }

    @Actor
    public void ba(LL_Result r) {
        r.r2 = both(1, locks[1], locks[0]);
    }

    private static ResilientTasSpinLock.Result both(int cpu, ResilientTasSpinLock first, ResilientTasSpinLock second) {
        ResilientTasSpinLock.Result result = first.lock(cpu);
        if (result == ResilientTasSpinLock.Result.TAKEN) {
            result = second.lock(cpu);
            if (result == ResilientTasSpinLock.Result.TAKEN) {
                second.unlock(cpu);
            }
            first.unlock(cpu);
        }
        return result;
    }
}
