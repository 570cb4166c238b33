package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation.Release;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Two agents own the same lock: both know themselves inside, whatever the lock itself says. */
final class MutualExclusion implements Property.OfPair {
    @Override
    public String name() {
        return "mutual-exclusion";
    }

    @Override
    public ImmutableList<Finding> judge(Run a, Run b) {
        return owned(a).flatCollect(x -> owned(b)
                .select(y -> x.element() == y.element() && x.offset() == y.offset())
                .collect(y -> new Finding(name(), Level.ERROR, Places.subject(a, x.element(), x.offset(), 4),
                        Lists.mutable.with(Places.of(a, x.takenAt(), Act.LOCK), Places.of(b, y.takenAt(), Act.LOCK))
                                .sortThis().toImmutable())));
    }

    /** {@return the locks that the run owns; one that it is releasing only as long as no other may own it} */
    private static ImmutableList<HeldLock> owned(Run run) {
        return run.state().operation() instanceof Release r && r.progress().released()
                ? run.state().held().reject(h -> h.element() == r.element().slot() && h.offset() == r.offset()) : run.state().held();
    }
}
