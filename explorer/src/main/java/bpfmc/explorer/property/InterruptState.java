package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation.End;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * A run ends with interrupts or preemption other than it found them. A run that ends owning a lock is the lock
 * discipline's affair alone: with the lock it keeps what the lock has switched off.
 */
final class InterruptState implements Property.OfRun {
    @Override
    public String name() {
        return "interrupt-state";
    }

    @Override
    public String title() {
        return "A run ends with interrupts or preemption other than it found them";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 7;
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
        return "The program ends with interrupts or preemption switched off, or on, other than it found them.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "restore what was switched off on every path, in the reverse order";
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        if (!(run.state().operation() instanceof End end) || end.held().notEmpty() || end.flags().equals(CpuFlags.AS_FOUND)) {
            return Lists.immutable.empty();
        }
        boolean irqs = end.flags().irqsOff();
        boolean lock = irqs && Places.locks(run, end.flags().irqsOffAt());
        int at = irqs ? end.flags().irqsOffAt() : end.flags().preemptionAt();
        return Lists.immutable.with(new Finding(this, Level.ERROR, Subject.NOTHING,
                Lists.immutable.with(Places.of(run, at, lock ? Act.LOCK : Act.TOGGLE))));
    }
}
