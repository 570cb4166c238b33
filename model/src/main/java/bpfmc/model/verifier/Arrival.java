package bpfmc.model.verifier;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A way that comes to a place where ways are compared.
 *
 * @param shape all that must be equal for two ways to be compared: addresses, frames, what is in the run's keeping
 * @param values by place
 * @param facts about the unknowns in them
 */
record Arrival(Shape shape, Map<Long, Value> values, Facts facts) {
    /** @param pointers place, region and constant offset of every address, in a fixed order @param versions of context and packet
     * @param constants what is known of constants that a loader sets: they are read again, also where no value holds them */
    record Shape(int pc, List<Integer> returns, List<Object> pointers, VerifierState custody, List<Integer> versions, Facts constants) {}

    static Arrival of(VerifierPath way) {
        Machine m = way.machine;
        Map<Long, Value> values = new LinkedHashMap<>();
        List<Object> pointers = new ArrayList<>();
        boolean[] named = new boolean[2];
        Places.forEach(m, (place, value) -> {
            values.put(place, value);
            if (value instanceof Value.Pointer p) {
                pointers.add(place);
                pointers.add(p.region());
                pointers.add(p.offset() instanceof Constant c ? c.value() : "unknown");
            }
            Terms.forEachSymbol(term(value), s -> {
                named[0] |= s.kind() == Symbol.Kind.CONTEXT;
                named[1] |= s.kind() == Symbol.Kind.PACKET;
            });
        });
        List<Integer> returns = new ArrayList<>();
        m.frames.forEach(f -> returns.add(f.returnTo()));
        return new Arrival(new Shape(m.pc, returns, pointers, unplaced(way.custody),
                List.of(named[0] ? m.contextVersion : -1, named[1] ? m.packet.contents() : -1, named[1] ? m.packet.length() : -1),
                m.facts.retain(s -> s.kind() == Symbol.Kind.READ_ONLY)), values, m.facts);
    }

    /** {@return whether as much is known of each value here as there} */
    boolean alike(Arrival other) {
        return shape.equals(other.shape) && values.keySet().equals(other.values.keySet())
                && values.keySet().stream().allMatch(place -> facts.range(term(values.get(place))).equals(other.facts.range(term(other.values.get(place)))));
    }

    private static Term term(Value value) {
        return value instanceof Value.Pointer p ? p.offset() : ((Value.Scalar) value).term();
    }

    /** Where a lock was taken, flags were saved or an object was acquired is told, not judged. */
    private static VerifierState unplaced(VerifierState c) {
        if (c.locks().isEmpty() && c.irqs().isEmpty() && c.references().isEmpty()) {
            return c;
        }
        ImmutableList<VerifierState.Lock> locks = c.locks().collect(l -> new VerifierState.Lock(l.kind(), l.element(), 0));
        return new VerifierState(locks, c.rcu(), c.preempt(), c.irqs().collect(f -> new VerifierState.IrqFlag(f.id(), f.byLock(), 0)),
                c.origins(), c.callbacks(), c.references().collect(r -> new VerifierState.Reference(r.element(), 0)),
                c.sleepable());
    }
}
