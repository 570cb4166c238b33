package bpfmc.model.machine;

import bpfmc.model.step.HeldLock;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Renaming;
import org.eclipse.collections.api.list.ImmutableList;

/** Private states as they are when other runs, CPUs and elements have other numbers. */
public final class Renamed {
    private Renamed() {}

    /** {@return the state as it is when other runs, CPUs and elements have other numbers} */
    public static PrivateState of(PrivateState state, Renaming names) {
        if (state.registers().isEmpty()) {
            return PrivateState.finished(held(state.held(), names), state.flags(), state.pc());
        }
        Machine m = Machine.of(state);
        m.operation = state.operation();
        MachineValues.change(m, names::of);
        m.facts = m.facts.rename(names::of);
        m.held = held(m.held, names);
        m.overtaken = m.overtaken.collect(o -> new StaleClockSample(names.of(o.sample()), names.of(o.by()), o.told()));
        m.loads.replaceAll(l -> l.element() < 0 ? l : l.in(names.slots().applyAsInt(l.element())));
        m.parked = m.parked.collect(p -> p.in(names.slots().applyAsInt(p.element())));
        m.operation = switch (m.operation) {
            case VisibleOperation.End o -> new VisibleOperation.End(held(o.held(), names), o.flags(), o.returned());
            case VisibleOperation.CancelTimer o when o.own() >= 0 -> new VisibleOperation.CancelTimer(o.element(), o.phase(), names.slots().applyAsInt(o.own()));
            case VisibleOperation o -> o;
        };
        return m.freeze();
    }

    private static ImmutableList<HeldLock> held(ImmutableList<HeldLock> held, Renaming names) {
        return held.collect(h -> h.of(names.slots().applyAsInt(h.element())));
    }
}
