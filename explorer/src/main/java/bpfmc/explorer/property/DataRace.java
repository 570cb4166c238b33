package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.step.VisibleOperation.Access;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Two agents are about to touch overlapping bytes, one of them writing, not both atomically. That they may do so at the
 * same time means that no common lock orders them.
 *
 * <p>A plain read of at most eight bytes that lie inside what the other side writes in one access cannot be torn: that is
 * a warning. Whether the value read is written back is the lost update property's affair.
 */
final class DataRace implements Property.OfPair {
    @Override
    public String name() {
        return "data-race";
    }

    @Override
    public boolean weakerMachinesMayShowMore() {
        return true;
    }

    @Override
    public String title() {
        return "Two agents touch the same bytes at once, one writing, not both atomically, no common lock";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR, Level.WARNING);
    }

    @Override
    public int order() {
        return 9;
    }

    @Override
    public String cause() {
        return Finding.UNORDERED;
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.empty();
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return Mending.onOneCpu(shown)
                ? "A run is interrupted about to touch " + names.place(shown.subject()) + ", and the run on top touches it too,"
                        + " at least one writing: nothing keeps the interrupt away."
                : "Two CPUs touch " + names.place(shown.subject())
                        + " at the same time, at least one writing, and no common lock orders them.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return Mending.ordered(shown, names);
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof Access;
    }

    @Override
    public ImmutableList<Finding> judge(Run a, Run b) {
        if (!(a.state().operation() instanceof Access x && b.state().operation() instanceof Access y) || !conflict(x, y)) {
            return Lists.immutable.empty();
        }
        Level level = x.writes() && y.writes() || torn(x, y) ? Level.ERROR : Level.WARNING;
        return Lists.immutable.with(new Finding(this, level, common(a, x, y),
                Lists.mutable.with(Places.current(a), Places.current(b)).sortThis().toImmutable()));
    }

    private static boolean conflict(Access x, Access y) {
        return x.element().slot() == y.element().slot() && (x.writes() || y.writes()) && !(x.atomic() && y.atomic())
                && x.offset() < y.offset() + y.size() && y.offset() < x.offset() + x.size();
    }

    private static boolean torn(Access x, Access y) {
        return !single(x) || !single(y) || x.offset() != y.offset() || x.size() != y.size();
    }

    /** Naturally aligned accesses of up to eight bytes happen at once on every machine that Linux runs BPF on. */
    private static boolean single(Access access) {
        int size = access.size();
        return size <= 8 && Integer.bitCount(size) == 1 && access.offset() % size == 0;
    }

    private static Subject common(Run run, Access x, Access y) {
        int from = Math.max(x.offset(), y.offset());
        int to = Math.min(x.offset() + x.size(), y.offset() + y.size());
        return Places.subject(run, x.element().slot(), from, to - from);
    }
}
