package bpfmc.explorer.parameterized;

import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.StoredProvenance;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What a private state speaks of.
 *
 * @param slots names of elements: in addresses, of locks that are owned, of loads and stores that are remembered
 * @param held names of elements in addresses @param parked names of those in which the run has put what it had
 *     loaded elsewhere
 * @param unknowns in values
 */
record Mentions(ImmutableIntSet slots, ImmutableIntSet held, ImmutableIntSet parked, ImmutableSet<Symbol> unknowns) {

    static Mentions of(PrivateState run) {
        MutableIntSet addresses = IntSets.mutable.empty();
        MutableSet<Symbol> unknowns = Sets.mutable.empty();
        MachineValues.forEachValue(run, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
                addresses.add(e.slot());
            }
            Terms.forEachSymbol(term(v), unknowns::add);
        });
        ImmutableIntSet parked = run.parked().collectInt(StoredProvenance::element).toSet().toImmutable();
        MutableIntSet all = IntSets.mutable.withAll(addresses);
        all.addAll(parked);
        all.addAll(run.held().collectInt(h -> h.element()));
        all.addAll(run.loads().collectInt(l -> l.element()));
        return new Mentions(all.toImmutable(), addresses.toImmutable(), parked, unknowns.toImmutable());
    }

    private static Term term(Value value) {
        return switch (value) {
            case Value.Scalar s -> s.term();
            case Value.Pointer p -> p.offset();
        };
    }

    boolean contains(int slot) {
        return slots.contains(slot);
    }

    /** {@return the untracked elements of a map in which the run has put what it had loaded} */
    ImmutableList<Integer> parkedIn(ElementNames names, int map) {
        return parked.select(s -> names.kind(s) == ElementNames.Kind.UNTRACKED && names.mapOf(s) == map).toSortedList().collect(s -> s).toImmutable();
    }

    /**
     * {@return whether the run can come to this key again} What it has made itself is gone once no value speaks of it;
     * inputs can be read again.
     */
    boolean mayCome(Key key) {
        boolean[] gone = {false};
        key.words().each(w -> Terms.forEachSymbol(w, (Symbol s) -> gone[0] |= (s.kind() == Symbol.Kind.FRESH || s.kind() == Symbol.Kind.EXPORTED) && !unknowns.contains(s)));
        return !gone[0];
    }
}
