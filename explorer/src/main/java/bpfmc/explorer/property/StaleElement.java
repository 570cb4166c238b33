package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.value.Region.Life;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

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
    public String title() {
        return "An element is used after it was deleted, replaced or reused";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR, Level.WARNING);
    }

    @Override
    public int order() {
        return 2;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.with(TraceNote.STALE_CAUSE);
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return shown.level() == Level.ERROR
                ? "The element was deleted or replaced after this program looked it up: the write goes to memory that is no longer the key's value."
                : "The element was deleted and reused for another key after this program looked it up: the read sees another key's value.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "change the value in place (under a lock or atomically) instead of replacing or deleting its element, "
                + "or update with BPF_F_LOCK";
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        if (!(run.state().operation() instanceof Access access)) {
            return Lists.immutable.empty();
        }
        Life life = access.element().life();
        boolean fault = life == Life.RECYCLED || life == Life.UNLINKED && access.writes();
        return fault ? Lists.immutable.with(new Finding(this, access.writes() ? Level.ERROR : Level.WARNING,
                Places.subject(run, access), Lists.immutable.with(Places.current(run)))) : Lists.immutable.empty();
    }
}
