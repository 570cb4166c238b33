package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.step.VisibleOperation.UseWrapped;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

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
    public String title() {
        return "A difference of two clock samples is used although it has wrapped";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 3;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.empty();
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return "The time it subtracts was read later, by the other run: the unsigned difference has wrapped to centuries.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "compare before subtracting (now > last ? now - last : 0), or clamp the signed difference at zero; the clock cannot"
                + " be read under a bpf_spin_lock";
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
                findings.add(new Finding(this, Level.ERROR, Subject.NOTHING, Lists.immutable.with(Places.of(run, use.earlier().detail(), Act.CLOCK),
                        Places.of(other, use.later().detail(), Act.CLOCK), Places.current(run)).distinct()));
            }
        }
        return findings.toImmutable();
    }
}
