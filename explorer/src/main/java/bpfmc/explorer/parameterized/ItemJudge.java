package bpfmc.explorer.parameterized;

import bpfmc.explorer.parameterized.ElementNames.Kind;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.program.BpfObject;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Asks the properties, of the item alone: other elements have their own fixpoints. Where a run stands before an access
 * to an element that the tracked key was bound to before, it is judged as if
 * that were the current one: it may have become that again.
 */
final class ItemJudge {
    private static final ImmutableList<Property.OfRun> OF_RUN = Properties.all().selectInstancesOf(Property.OfRun.class);
    private static final ImmutableList<Property.OfPair> OF_PAIR = Properties.all().selectInstancesOf(Property.OfPair.class);
    private static final ImmutableList<Property.OfState> OF_STATE = Properties.all().selectInstancesOf(Property.OfState.class).reject(Property.OfState::onlyTerminal);

    private final BpfObject object;
    private final Focus focus;
    private final ElementNames names;
    private final Maps maps;
    private final Runs runs;
    private final Ageing ageing;
    private final Map<Long, ImmutableList<Finding>> pairs = new HashMap<>();
    private final Map<Long, ImmutableList<Observation>> single = new HashMap<>();
    private final Map<Integer, Run> judged = new HashMap<>();

    ItemJudge(BpfObject object, Focus focus, ElementNames names, Maps maps, Runs runs) {
        this.object = object;
        this.focus = focus;
        this.names = names;
        this.maps = maps;
        this.runs = runs;
        this.ageing = new Ageing(names);
    }

    // ---- the item

    private boolean own(int slot) {
        return switch (focus.item()) {
            case Item.Nothing n -> false;
            case Item.Fixed f -> slot == f.slot();
            case Item.Keyed k -> names.kind(slot) == Kind.CURRENT && names.mapOf(slot) == k.map();
        };
    }

    private boolean ownOrOld(int slot) {
        return own(slot) || focus.item() instanceof Item.Keyed k && names.kind(slot) == Kind.STALE && names.mapOf(slot) == k.map();
    }

    private PrivateState asCurrent(PrivateState run) {
        return focus.item() instanceof Item.Keyed k ? ageing.asCurrent(run, k.map()) : run;
    }

    private Run run(int frame, PrivateState state) {
        return new Run(runs.placed(frame).program(), state, names.ids());
    }

    /** {@return whether the finding is of the item, and not of padding bytes, which are nobody's data} */
    private boolean counts(Finding finding) {
        int map = finding.subject().map();
        return map < 0 || map == focus.map() && !(finding.subject().size() > 0 && object.maps().get(map).value().isPadding(finding.subject().offset(), finding.subject().size()));
    }

    // ---- one run

    /** {@return what is to be said of a run that stands there} */
    ImmutableList<Observation> of(int frame, int sharedNumber, Shared shared) {
        return single.computeIfAbsent((long) frame << Integer.SIZE | sharedNumber, k -> judged(frame, shared));
    }

    private ImmutableList<Observation> judged(int frame, Shared shared) {
        PrivateState state = runs.state(frame);
        MutableList<Observation> all = Lists.mutable.empty();
        runs.unfollowed(frame).ifPresent(what -> all.add(gap(frame, what)));
        switch (state.operation()) {
            case VisibleOperation.Access o when ownOrOld(o.element().slot()) -> all.addAllIterable(ofRun(frame, asCurrent(state)));
            case VisibleOperation.Acquire o when ownOrOld(o.element().slot()) -> all.addAllIterable(ofRun(frame, state));
            case VisibleOperation.Release o when ownOrOld(o.element().slot()) -> all.addAllIterable(ofRun(frame, state));
            case VisibleOperation.Update o when o.map() == focus.map() && maps.mayBeTracked(o.map(), o.key(), state, runs.frame(frame).keys()) ->
                all.addAllIterable(ofUpdate(frame, o, shared));
            case VisibleOperation.Access o -> { }
            case VisibleOperation.Acquire o -> { }
            case VisibleOperation.Release o -> { }
            case VisibleOperation.MapOperation o -> { }
            case VisibleOperation.TimerOperation o -> { }
            case VisibleOperation.ElementOnCpu o -> { }
            case VisibleOperation.CpuCount o -> { }
            case VisibleOperation.CpuNumber o -> { }
            case VisibleOperation.ReadClock o -> { }
            case VisibleOperation.UseWrapped o -> { }
            case VisibleOperation.Fence o -> { }
            case VisibleOperation.Toggle o -> { }
            case VisibleOperation.Start o -> { }
            case VisibleOperation.End o -> { }
            case VisibleOperation.Unsupported o -> { }
        }
        return all.toImmutable();
    }

    private Gap gap(int frame, String what) {
        int slot = runs.state(frame).pc();
        return new Gap(what, runs.placed(frame).program().name(), runs.placed(frame).program().functionAt(slot).name(), slot);
    }

    private ImmutableList<Finding> ofRun(int frame, PrivateState state) {
        return OF_RUN.flatCollect(p -> p.judge(run(frame, state))).select(this::counts);
    }

    /** {@return what is to be said of a run that ends} @param frame before its end */
    ImmutableList<Finding> ofEnd(int frame) {
        PrivateState state = runs.state(frame);
        VisibleOperation.End end = (VisibleOperation.End) state.operation();
        ImmutableList<HeldLock> own = end.held().select(h -> ownOrOld(h.element()));
        CpuFlags flags = end.held().notEmpty() && own.isEmpty() ? CpuFlags.AS_FOUND : end.flags();
        return ofRun(frame, state.standingBefore(new VisibleOperation.End(own, flags)));
    }

    private ImmutableList<Finding> ofUpdate(int frame, VisibleOperation.Update update, Shared shared) {
        PrivateState state = asCurrent(runs.state(frame));
        Run run = run(frame, state);
        var snapshot = new TrackedKey(run, names.current(update.map()), shared.bound().contains(update.map()), runs.frame(frame).keys().names().newWithAll(maps.constant()));
        return OF_STATE.select(p -> p.concerns(run)).flatCollect(p -> p.judge(snapshot, false)).selectInstancesOf(Finding.class).select(this::counts);
    }

    // ---- two runs

    /**
     * {@return what is to be said of two runs that stand there at one time} @param sameCpu whether they are on one CPU,
     * one suspended
     */
    ImmutableList<Finding> ofPair(int a, int b, boolean sameCpu) {
        long key = ((long) Math.min(a, b) << Integer.SIZE | Math.max(a, b)) << 1 | (sameCpu ? 1 : 0);
        return pairs.computeIfAbsent(key, k -> ofPair(paired(a, sameCpu), paired(b, sameCpu)));
    }

    private ImmutableList<Finding> ofPair(Run a, Run b) {
        return OF_PAIR.select(p -> p.concerns(a) && p.concerns(b)).flatCollect(p -> p.judge(a, b)).select(this::counts);
    }

    /**
     * {@return the run with the item's locks alone; one that stands before an access to its own CPU's element meets
     * nobody on other CPUs}
     */
    private Run paired(int frame, boolean sameCpu) {
        return judged.computeIfAbsent(sameCpu ? frame : -1 - frame, k -> {
            PrivateState state = runs.state(frame);
            PrivateState owning = Ageing.owning(asCurrent(state), state.held().select(h -> own(h.element())));
            boolean alone = !sameCpu && state.operation() instanceof VisibleOperation.Access o && maps.perCpu(names.mapOf(o.element().slot()));
            return run(frame, alone ? owning.standingBefore(new VisibleOperation.Start()) : owning);
        });
    }
}
