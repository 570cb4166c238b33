package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.thread.VisibleOperation.Acquire;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Nobody can step, and somebody waits for a lock. Where a run cannot be followed any further, nothing is said. */
final class Deadlock implements Property.OfState {
    @Override
    public String name() {
        return "deadlock";
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof Acquire;
    }

    @Override
    public ImmutableList<Finding> judge(Snapshot state, boolean terminal) {
        MutableList<Run> waiting = Lists.mutable.empty();
        for (int agent = 0; terminal && agent < state.agents(); agent++) {
            if (state.active(agent)) {
                Run run = state.run(agent);
                if (run.state().operation() instanceof VisibleOperation.Unsupported) {
                    return Lists.immutable.empty();
                }
                waiting.add(run);
            }
        }
        MutableList<Run> locked = waiting.select(this::concerns);
        if (locked.isEmpty()) {
            return Lists.immutable.empty();
        }
        Run first = locked.getFirst();
        Acquire wanted = (Acquire) first.state().operation();
        MutableList<Place> places = locked.collect(Places::current).sortThis();
        return Lists.immutable.with(new Finding(name(), Level.ERROR,
                Places.subject(first, wanted.element().slot(), wanted.offset(), 4), places.toImmutable()));
    }
}
