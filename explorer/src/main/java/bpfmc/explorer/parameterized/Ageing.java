package bpfmc.explorer.parameterized;

import bpfmc.explorer.parameterized.ElementNames.Kind;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.StoredProvenance;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Gives what a run still has of an element that the tracked key was bound to a name of its own, so that the current
 * element's name stands for the current element only. An old element may
 * become the current one again, when the key is inserted anew; so wherever a fault is looked for, the two count as one
 * ({@link #asCurrent}).
 */
final class Ageing {
    private final ElementNames names;

    Ageing(ElementNames names) {
        this.names = names;
    }

    /**
     * {@return the private state once the current element of a map is an old one} What it had put into the old one may
     * count for the new one too.
     */
    PrivateState aged(PrivateState run, int map) {
        int current = names.current(map);
        Mentions mentions = Mentions.of(run);
        boolean addressed = mentions.held().contains(current);
        boolean owned = run.held().anySatisfy(h -> h.element() == current);
        if (!addressed && !owned && !mentions.parked().contains(current)) {
            return run;
        }
        int stale = unused(mentions, map);
        Machine m = changed(run, e -> e.slot() == current ? new Region.Element(stale, e.life()) : e);
        m.held = run.held().collect(h -> h.element() == current ? h.of(stale) : h);
        m.parked = run.parked().newWithAll(run.parked().select(p -> p.element() == current).collect(p -> new StoredProvenance(stale, p.offset(), p.size(), p.loads())));
        return m.freeze();
    }

    private int unused(Mentions mentions, int map) {
        for (int i = 0;; i++) {
            if (!mentions.contains(names.stale(map, i))) {
                return names.stale(map, i);
            }
        }
    }

    /** {@return the private state once the old elements of a map may belong to other keys} */
    PrivateState recycled(PrivateState run, int map) {
        return changed(run, e -> old(e.slot(), map) && e.life() == Region.Life.UNLINKED ? new Region.Element(e.slot(), Region.Life.RECYCLED) : e).freeze();
    }

    private boolean old(int slot, int map) {
        return names.kind(slot) == Kind.STALE && names.mapOf(slot) == map;
    }

    /** {@return whether the run has anything of old elements of the map} */
    boolean hasOld(Mentions mentions, int map) {
        return mentions.slots().anySatisfy(s -> old(s, map));
    }

    /** {@return the old elements of the map of which the run remembers loads} */
    ImmutableList<Integer> oldLoads(PrivateState run, int map) {
        return run.loads().collect(SharedLoad::element).select(s -> old(s, map)).distinct();
    }

    /**
     * {@return the private state where old elements of the map are named as the current one; owned locks keep their
     * names}
     */
    PrivateState asCurrent(PrivateState run, int map) {
        if (!hasOld(Mentions.of(run), map)) {
            return run;
        }
        int current = names.current(map);
        Machine m = changed(run, e -> old(e.slot(), map) ? new Region.Element(current, e.life()) : e);
        m.loads.replaceAll(l -> old(l.element(), map) ? l.in(current) : l);
        return m.freeze();
    }

    /** {@return the private state without owned locks of other elements} */
    static PrivateState owning(PrivateState run, ImmutableList<HeldLock> held) {
        Machine m = Machine.of(run);
        m.operation = run.operation();
        m.held = held;
        return m.freeze();
    }

    /** {@return the private state in which others have taken clock samples after some of the run's} */
    static PrivateState overtaken(PrivateState run, ImmutableList<StaleClockSample> samples) {
        Machine m = Machine.of(run);
        m.operation = run.operation();
        m.overtaken = run.overtaken().newWithAll(samples);
        return m.freeze();
    }

    private static Machine changed(PrivateState run, UnaryOperator<Region.Element> change) {
        Machine m = Machine.of(run);
        m.operation = run.operation();
        MachineValues.change(m, v -> v instanceof Value.Pointer p && p.region() instanceof Region.Element e ? p.at(change.apply(e), p.offset()) : v);
        return m;
    }
}
