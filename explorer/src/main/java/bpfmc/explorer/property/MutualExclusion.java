package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation.Release;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** Two agents own the same lock: both know themselves inside, whatever the lock itself says. */
final class MutualExclusion implements Property.OfPair {
    @Override
    public String name() {
        return "mutual-exclusion";
    }

    @Override
    public String title() {
        return "Two agents own one lock";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 8;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.with(TraceNote.LOCK_OWNER);
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return "Two CPUs own the same lock at the same time.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "let only the owner unlock";
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().held().notEmpty();
    }

    @Override
    public ImmutableList<Finding> judge(Run a, Run b) {
        return owned(a).flatCollect(x -> owned(b)
                .select(y -> x.element() == y.element() && x.offset() == y.offset())
                .collect(y -> new Finding(this, Level.ERROR, Places.subject(a, x.element(), x.offset(), 4),
                        Lists.mutable.with(Places.of(a, x.takenAt(), Act.LOCK), Places.of(b, y.takenAt(), Act.LOCK))
                                .sortThis().toImmutable())));
    }

    /** {@return the locks that the run owns; one that it is releasing only as long as no other may own it} */
    private static ImmutableList<HeldLock> owned(Run run) {
        return run.state().operation() instanceof Release r && r.progress().released()
                ? run.state().held().reject(h -> h.element() == r.element().slot() && h.offset() == r.offset()) : run.state().held();
    }
}
