package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.memory.Bindings;
import bpfmc.model.memory.Element;
import bpfmc.model.thread.SharedLoad;
import bpfmc.model.thread.VisibleOperation.CopyIn;
import bpfmc.model.thread.VisibleOperation.ReadModifyWrite;
import bpfmc.model.thread.VisibleOperation.Store;
import bpfmc.model.thread.VisibleOperation.Update;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Key;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A run is about to store a value computed from its earlier load of the same bytes, although somebody else stored to them
 * in between. A map update counts as a store to all bytes of the key's value; one that follows a lookup that found nothing
 * loses what somebody else has inserted in between, unless it says BPF_NOEXIST.
 *
 * <p>An atomic read-modify-write loses nothing but by exchange; a successful compare-and-exchange never does.
 */
final class LostUpdate implements Property.OfRun, Property.OfState {
    private static final long ANY = 0;

    @Override
    public String name() {
        return "lost-update";
    }

    @Override
    public ImmutableList<Finding> judge(Run run) {
        return switch (run.state().operation()) {
            case Store o -> lost(run, o.element().slot(), o.offset(), o.size(), o.value());
            case ReadModifyWrite o when o.op() == AtomicOp.XCHG -> lost(run, o.element().slot(), o.offset(), o.size(), o.operand());
            case CopyIn o -> lostCells(run, o.element().slot(), o.offset(), o.contents());
            default -> Lists.immutable.empty();
        };
    }

    private ImmutableList<Finding> lostCells(Run run, int element, int offset, Cells contents) {
        return contents.cells().flatCollect(c -> lost(run, element, offset + c.offset(), c.size(), (Value.Scalar) c.value()));
    }

    private ImmutableList<Finding> lost(Run run, int element, int offset, int size, Value.Scalar value) {
        MutableList<Finding> findings = Lists.mutable.empty();
        for (long bits = value.loads(); bits != 0; bits &= bits - 1) {
            SharedLoad load = run.state().loads().get(Long.numberOfTrailingZeros(bits));
            int from = Math.max(load.offset(), offset);
            int to = Math.min(load.offset() + load.size(), offset + size);
            if (load.overwritten() && load.element() == element && from < to) {
                findings.add(finding(Places.subject(run, element, from, to - from), Places.of(run, load.at(), Act.LOAD),
                        Places.current(run)));
            }
        }
        return findings.toImmutable();
    }

    private Finding finding(Subject subject, Place load, Place store) {
        return new Finding(name(), Level.ERROR, subject, Lists.immutable.with(load, store));
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof Update u && (run.state().misses().anySatisfy(m -> m.inserted() && m.map() == u.map())
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

    private ImmutableList<Finding> judgeUpdate(Snapshot state, int agent, Run run) {
        Update update = (Update) run.state().operation();
        Bindings bindings = state.bindings(update.map());
        int index = bindings.classOf(new Key(update.key().words().collect(w -> Element.toShared(w, agent))));
        int element = index < 0 ? Bindings.ABSENT : bindings.classes().get(index).element();
        if (element == Bindings.ABSENT) {
            return Lists.immutable.empty();
        }
        if ((update.flags() & ~Update.F_LOCK) == ANY) {
            var wiped = run.state().misses().select(m -> m.inserted() && m.map() == update.map() && m.key().equals(update.key()));
            if (wiped.notEmpty()) {
                return wiped.collect(m -> finding(new Subject(update.map(), 0, 0), Places.of(run, m.at(), Act.LOOKUP), Places.current(run)));
            }
        }
        return lostCells(run, state.own(agent, element), 0, update.value());
    }
}
