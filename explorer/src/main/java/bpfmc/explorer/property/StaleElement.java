package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.value.Region.Life;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A run writes to an element that was unlinked after it looked it up, so that nobody will read it; or it touches one that
 * has been reused for another key since.
 */
final class StaleElement implements Property.OfRun {
    @Override
    public String name() {
        return "stale-element";
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        if (!(run.state().operation() instanceof Access access)) {
            return Lists.immutable.empty();
        }
        Life life = access.element().life();
        boolean fault = life == Life.RECYCLED || life == Life.UNLINKED && access.writes();
        return fault ? Lists.immutable.with(new Finding(name(), access.writes() ? Level.ERROR : Level.WARNING,
                Places.subject(run, access), Lists.immutable.with(Places.current(run)))) : Lists.immutable.empty();
    }
}
