package bpfmc.model.machine;

import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Value;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What one run's step means to the runs besides the memory it changed: what they remember of an element or a key may be
 * out of date. A notice goes to every run, the one that caused it included. Keys are named for all agents where the
 * notice arises and relative to the run where it is taken.
 */
public sealed interface Invalidation {

    /** Bytes of an element were stored to. @param reach who sees it now */
    record Written(int element, int offset, int size, Reach reach) implements Invalidation {
        /** A store that all see at once. */
        public Written(int element, int offset, int size) {
            this(element, offset, size, Reach.ALL);
        }
    }

    /** Who sees a store. */
    enum Reach {
        /** Everybody. */
        ALL,
        /** The runs of the CPU that has made it. */
        OWN_CPU,
        /** The runs of other CPUs, those of its own having seen it before. */
        OTHER_CPUS
    }

    /** A key's element was replaced by another one. */
    record Replaced(int element, int by) implements Invalidation {}

    /** A key's element was unlinked. */
    record Unlinked(int element) implements Invalidation {}

    /** An unlinked element was bound again. @param sameKey to the key it had before */
    record Reused(int element, boolean sameKey) implements Invalidation {}

    /** The flags word of this CPU was overwritten, by a lock taken while interrupts were off: see {@link CpuFlags}. */
    record WordOverwritten(int cpu) implements Invalidation {}

    /** A clock was read. @param sample what was read, by its name for all */
    record ClockRead(Symbol sample) implements Invalidation {}

    /** A key was inserted. @param keys the names under which it is known */
    record Inserted(int map, ImmutableList<Key> keys) implements Invalidation {}

    /** A key has come into a map that programs walk over, or gone from it, or has another element. */
    record Rearranged(int map) implements Invalidation {}

    /** {@return the notice with its keys as this agent names them} */
    default Invalidation toAgent(UnaryOperator<Key> names) {
        return this instanceof Inserted i ? new Inserted(i.map(), i.keys().collect(names::apply)) : this;
    }

    /** {@return the state with the notice taken} @param mine whether this run's own step caused it */
    static PrivateState take(PrivateState state, Invalidation notice, boolean mine) {
        Machine m = Machine.of(state);
        m.operation = state.operation();
        switch (notice) {
            case Written w when mine -> { }
            case Written w -> {
                m.loads.replaceAll(l -> l.overlaps(w.element(), w.offset(), w.size()) ? l.overwrittenBy(w.offset(), w.size()) : l);
                m.parked = StoredProvenance.covered(m.parked, w.element(), w.offset(), w.size());
            }
            case Replaced r -> {
                m.loads.replaceAll(l -> l.element() != r.element() ? l : mine ? l.in(r.by()) : l.in(r.by()).overwrittenBy(l.offset(), l.size()));
                relive(m, r.element(), Region.Life.BOUND, Region.Life.UNLINKED);
            }
            case Unlinked u -> {
                m.loads.replaceAll(l -> l.element() == u.element() ? l.in(-1) : l);
                relive(m, u.element(), Region.Life.BOUND, Region.Life.UNLINKED);
            }
            case Reused r -> {
                m.parked = m.parked.reject(p -> p.element() == r.element());
                if (!r.sameKey()) {
                    relive(m, r.element(), Region.Life.UNLINKED, Region.Life.RECYCLED);
                }
            }
            case ClockRead r when mine -> { }
            case ClockRead r -> ClockSamples.overtake(m, r.sample());
            case WordOverwritten w -> m.flags = mine || !needsWord(state) ? m.flags : m.flags.wordOverwritten();
            case Rearranged r -> WalkState.rearranged(m, r.map());
            case Inserted i -> m.misses = mine ? m.misses.reject(x -> concerns(x, i))
                    : m.misses.collect(x -> concerns(x, i) ? new MissedLookup(x.map(), x.key(), x.at(), true, x.found()) : x);
        }
        return m.freeze();
    }

    /** {@return whether the run will read its CPU's flags word: bpf_spin_unlock does that first (kernel/bpf/helpers.c, Linux 5.1 to 7.3)} */
    private static boolean needsWord(PrivateState state) {
        return state.held().anySatisfy(HeldLock::needsWord) && !(state.operation() instanceof VisibleOperation.Release r && r.progress().begun());
    }

    private static boolean concerns(MissedLookup miss, Inserted inserted) {
        return miss.map() == inserted.map() && inserted.keys().contains(miss.key());
    }

    private static void relive(Machine m, int element, Region.Life from, Region.Life to) {
        var old = new Region.Element(element, from);
        MachineValues.change(m, v -> v instanceof Value.Pointer p && p.region().equals(old)
                ? p.at(new Region.Element(element, to), p.offset()) : v);
    }
}
