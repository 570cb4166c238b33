package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.step.VisibleOperation.UseWrapped;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A run uses the difference of its own clock sample and one that another run took later: as an unsigned number it has
 * wrapped to a time of centuries.
 */
final class ClockOrder implements Property.OfState {
    @Override
    public String name() {
        return "clock-order";
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof UseWrapped;
    }

    @Override
    public ImmutableList<Finding> judge(Snapshot state, boolean terminal) {
        MutableList<Finding> findings = Lists.mutable.empty();
        for (int agent = 0; agent < state.agents(); agent++) {
            if (state.active(agent) && state.run(agent).state().operation() instanceof UseWrapped use) {
                Run run = state.run(agent);
                Run other = state.run(use.later().owner());
                findings.add(new Finding(name(), Level.ERROR, Subject.NOTHING, Lists.immutable.with(Places.of(run, use.earlier().detail(), Act.CLOCK),
                        Places.of(other, use.later().detail(), Act.CLOCK), Places.current(run)).distinct()));
            }
        }
        return findings.toImmutable();
    }
}
