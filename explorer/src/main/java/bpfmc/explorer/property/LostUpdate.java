package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.kernel.Flags;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.CopyIn;
import bpfmc.model.step.VisibleOperation.ReadModifyWrite;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.step.VisibleOperation.Update;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Key;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * A run is about to store a value computed from its earlier load of the same bytes, although somebody else stored to them
 * in between. A map update counts as a store to all bytes of the key's value; one that follows a lookup that found nothing
 * loses what somebody else has inserted in between, unless it says BPF_NOEXIST.
 *
 * <p>An atomic read-modify-write loses nothing but by exchange. A compare-and-exchange that compares with what it has
 * computed from the same load loses nothing either; one that compares with something newer does, where it succeeds.
 *
 * <p>Which key an update is about may be open until it happens. Then the finding rests on the keys being equal, and on a
 * compare-and-exchange finding what it expects: {@link #wanted}.
 */
final class LostUpdate implements Property.OfRun, Property.OfState {
    private static final long ANY = 0;

    @Override
    public String name() {
        return "lost-update";
    }

    @Override
    public String title() {
        return "A value computed from an older load is stored over what another agent stored in between";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String cause() {
        return Finding.UNORDERED;
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.with(TraceNote.LOST_STORE);
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return inserts(shown)
                ? "The lookup found nothing, then somebody else inserted the key; this update overwrites what was inserted."
                : LossTold.of(shown, names).orElseGet(() -> "The value stored was computed from an older load of " + names.place(shown.subject())
                        + ": what was stored in between is lost.");
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return inserts(shown) ? "insert with BPF_NOEXIST, and on -EEXIST look the key up again"
                : Mending.ordered(shown, names);
    }

    /** {@return whether an insertion is lost, not a store} */
    private static boolean inserts(Shown shown) {
        return shown.subject().size() == 0;
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        return switch (run.state().operation()) {
            case Store o -> lost(run, o.element().slot(), o.offset(), o.size(), o.value());
            case ReadModifyWrite o -> switch (o.op()) {
                case XCHG -> lost(run, o.element().slot(), o.offset(), o.size(), o.operand());
                case CMPXCHG -> lost(run, o.element().slot(), o.offset(), o.size(), notCompared(o));
                case ADD, OR, AND, XOR -> Lists.immutable.empty();
            };
            case CopyIn o -> lostCells(run, o.element().slot(), o.offset(), o.contents());
            case VisibleOperation.Load o -> Lists.immutable.empty();
            case VisibleOperation.CopyOut o -> Lists.immutable.empty();
            case VisibleOperation.Acquire o -> Lists.immutable.empty();
            case VisibleOperation.Release o -> Lists.immutable.empty();
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
            case VisibleOperation.End o -> Lists.immutable.empty();
            case VisibleOperation.Unsupported o -> Lists.immutable.empty();
        };
    }

    /** {@return the value stored, of the loads that it comes from those that the value compared with does not come from} */
    private static Value.Scalar notCompared(ReadModifyWrite o) {
        return new Value.Scalar(o.operand().term(), o.operand().loads() & ~o.expected().loads());
    }

    private ImmutableList<Finding> lostCells(Run run, int element, int offset, Cells contents) {
        return contents.cells().flatCollect(c -> lost(run, element, offset + c.offset(), c.size(), (Value.Scalar) c.value()));
    }

    private ImmutableList<Finding> lost(Run run, int element, int offset, int size, Value.Scalar value) {
        MutableList<Finding> findings = Lists.mutable.empty();
        for (long bits = value.loads(); bits != 0; bits &= bits - 1) {
            SharedLoad load = run.state().loads().get(Long.numberOfTrailingZeros(bits));
            int from = Math.max(load.from(), offset);
            int to = Math.min(load.to(), offset + size);
            if (load.element() == element && from < to) {
                findings.add(finding(Places.subject(run, element, from, to - from), Places.of(run, load.at(), Act.LOAD),
                        Places.current(run)));
            }
        }
        return findings.toImmutable();
    }

    private Finding finding(Subject subject, Place load, Place store) {
        return new Finding(this, Level.ERROR, subject, Lists.immutable.with(load, store));
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof Update u && (run.state().misses().anySatisfy(m -> m.inserted() && !m.found() && m.map() == u.map())
                || run.state().loads().anySatisfy(SharedLoad::overwritten));
    }

    @Override
    public ImmutableList<Finding> judge(Snapshot state, boolean terminal) {
        MutableList<Finding> findings = Lists.mutable.empty();
        for (int agent = 0; agent < state.agents(); agent++) {
            if (state.active(agent) && concerns(state.run(agent))) {
                findings.addAllIterable(judgeUpdate(state, agent, state.run(agent)));
            }
        }
        return findings.toImmutable();
    }

    /** An update that inserts, or is refused because the key is there, stores over nothing. */
    private ImmutableList<Finding> judgeUpdate(Snapshot state, int agent, Run run) {
        Update update = (Update) run.state().operation();
        long flags = update.flags() & ~Flags.LOCK;
        KeyPartition bindings = state.bindings(update.map());
        MutableList<Finding> findings = Lists.mutable.empty();
        for (int group : state.mayFind(agent, update.map(), update.key())) {
            int element = bindings.classes().get(group).element();
            if (element == KeyPartition.ABSENT || flags == Flags.NOEXIST) {
                continue;
            }
            var last = run.state().misses().select(m -> m.map() == update.map() && bindings.classOf(shared(m.key(), agent)) == group).getLastOptional();
            var wiped = last.filter(m -> flags == ANY && m.inserted() && !m.found());
            findings.addAllIterable(wiped.isPresent()
                    ? Lists.immutable.with(finding(new Subject(update.map(), 0, 0), Places.of(run, wiped.get().at(), Act.LOOKUP), Places.current(run)))
                    : lostCells(run, state.own(agent, element), 0, update.value()));
        }
        return findings.distinct().toImmutable();
    }

    private static Key shared(Key own, int agent) {
        return new Key(own.words().collect(w -> Element.toShared(w, agent)));
    }

    /** {@return that the compare-and-exchange which the finding ends at finds what it expects, or the update's key is one that is there} */
    @Override
    public TargetCondition wanted(Finding finding) {
        Place store = finding.places().getLast();
        return (memory, runs) -> {
            MutableList<ImmutableList<Literal>> alternatives = Lists.mutable.empty();
            boolean open = false;
            for (int agent = 0; agent < runs.size(); agent++) {
                PrivateState run = runs.get(agent);
                if (run.pc() == store.slot() && run.operation() instanceof ReadModifyWrite o && o.op() == AtomicOp.CMPXCHG && overwritten(run, notCompared(o))) {
                    open = true;
                    alternatives.add(Lists.immutable.with(succeeds(o, agent, memory)));
                } else if (run.pc() == store.slot() && run.operation() instanceof Update o) {
                    open = true;
                    alternatives.addAllIterable(overwrites(o, agent, memory.bindings(o.map())));
                }
            }
            return open ? alternatives.toImmutable() : TargetCondition.NOTHING.in(memory, runs);
        };
    }

    private static boolean overwritten(PrivateState run, Value.Scalar value) {
        return run.loads().zipWithIndex().anySatisfy(l -> l.getOne().overwritten() && (value.loads() & 1L << l.getTwo()) != 0);
    }

    private static Literal succeeds(ReadModifyWrite o, int agent, MemoryModel.View memory) {
        int slot = o.element().slot();
        return Comparison.equal(memory.element(slot).read(slot, o.offset(), o.size()), Element.toShared(o.expected().term(), agent), true);
    }

    /** {@return for each class of keys that is there, that the key is one of it} Where the key is known to be of one, nothing more. */
    private static ImmutableList<ImmutableList<Literal>> overwrites(Update o, int agent, KeyPartition bindings) {
        Key key = shared(o.key(), agent);
        if (bindings.classOf(key) >= 0) {
            return Lists.immutable.with(Lists.immutable.empty());
        }
        return bindings.classes().select(c -> c.element() != KeyPartition.ABSENT && c.keys().notEmpty())
                .collect(c -> c.keys().getFirst().words().zip(key.words()).collect(w -> Comparison.equal(w.getOne(), w.getTwo(), true)));
    }
}
