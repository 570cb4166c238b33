package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.End;
import bpfmc.model.step.VisibleOperation.Release;
import bpfmc.model.value.Region.Element;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** A run ends owning a lock, releases one it does not own, or takes one it owns. */
final class LockDiscipline implements Property.OfRun {
    @Override
    public String name() {
        return "lock-discipline";
    }

    @Override
    public String title() {
        return "A lock is taken twice, released unowned, or still owned at the end";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 6;
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
        return "A lock is taken twice, released without being owned, or still owned at the end of the program.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "unlock on every path, once";
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        return switch (run.state().operation()) {
            case Acquire o when !o.call().resilient() && owns(run, o.element(), o.offset()) -> fault(run, o.element().slot(), o.offset());
            case Release o when !owns(run, o.element(), o.offset()) -> fault(run, o.element().slot(), o.offset());
            case End end -> end.held().collect(h -> new Finding(this, Level.ERROR,
                    Places.subject(run, h.element(), h.offset(), 4), Lists.immutable.with(Places.of(run, h.takenAt(), Act.LOCK))));
            case Acquire o -> Lists.immutable.empty();
            case Release o -> Lists.immutable.empty();
            case VisibleOperation.Access o -> Lists.immutable.empty();
            case VisibleOperation.Lookup o -> Lists.immutable.empty();
            case VisibleOperation.LookupOnCpu o -> Lists.immutable.empty();
            case VisibleOperation.Walk o -> Lists.immutable.empty();
            case VisibleOperation.Update o -> Lists.immutable.empty();
            case VisibleOperation.Delete o -> Lists.immutable.empty();
            case VisibleOperation.LockBucket o -> Lists.immutable.empty();
            case VisibleOperation.UnlockBucket o -> Lists.immutable.empty();
            case VisibleOperation.BeginTimer o -> Lists.immutable.empty();
            case VisibleOperation.EndTimer o -> Lists.immutable.empty();
            case VisibleOperation.TimerOperation o -> Lists.immutable.empty();
            case VisibleOperation.ElementOnCpu o -> Lists.immutable.empty();
            case VisibleOperation.CpuCount o -> Lists.immutable.empty();
            case VisibleOperation.ReadClock o -> Lists.immutable.empty();
            case VisibleOperation.UseWrapped o -> Lists.immutable.empty();
            case VisibleOperation.Fence o -> Lists.immutable.empty();
            case VisibleOperation.CpuNumber o -> Lists.immutable.empty();
            case VisibleOperation.Toggle o -> Lists.immutable.empty();
            case VisibleOperation.Start o -> Lists.immutable.empty();
            case VisibleOperation.Unsupported o -> Lists.immutable.empty();
        };
    }

    private static boolean owns(Run run, Element element, int offset) {
        return run.state().held().anySatisfy((HeldLock h) -> h.element() == element.slot() && h.offset() == offset);
    }

    private ImmutableList<Finding> fault(Run run, int element, int offset) {
        return Lists.immutable.with(new Finding(this, Level.ERROR, Places.subject(run, element, offset, 4),
                Lists.immutable.with(Places.current(run))));
    }
}
