package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place.Act;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Two agents own the same lock. */
final class MutualExclusion implements Property.OfPair {
    @Override
    public String name() {
        return "mutual-exclusion";
    }

    @Override
    public ImmutableList<Finding> judge(Run a, Run b) {
        return a.state().held().flatCollect(x -> b.state().held()
                .select(y -> x.element() == y.element() && x.offset() == y.offset())
                .collect(y -> new Finding(name(), Level.ERROR, Places.subject(a, x.element(), x.offset(), 4),
                        Lists.mutable.with(Places.of(a, x.takenAt(), Act.LOCK), Places.of(b, y.takenAt(), Act.LOCK))
                                .sortThis().toImmutable())));
    }
}
