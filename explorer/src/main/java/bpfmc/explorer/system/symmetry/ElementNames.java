package bpfmc.explorer.system.symmetry;

import bpfmc.model.memory.ElementIds;
import bpfmc.model.value.Renaming;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** The names by which shared memory and private states speak of the elements of one map: their slots. */
record ElementNames(ElementIds slots, int map) implements Names {
    /** Stands for the element at hand. */
    private static final int ME = 1 << 20;
    /** Stands for any other one of its map. */
    private static final int OTHER = 1 << 21;

    private boolean mine(int slot) {
        return slots.mapOf(slot) == map;
    }

    private static Renaming slotsOnly(IntUnaryOperator slots) {
        return new Renaming(a -> a, c -> c, slots);
    }

    @Override
    public int[] named(Consumer<Renaming> rename) {
        BitSet named = new BitSet();
        rename.accept(slotsOnly(s -> {
            if (mine(s)) {
                named.set(s);
            }
            return s;
        }));
        return named.stream().toArray();
    }

    @Override
    public Renaming seenFrom(int one) {
        return slotsOnly(s -> s == one ? ME : mine(s) ? OTHER : Names.code(slots.name(s)));
    }

    @Override
    public Renaming moved(int[] places) {
        return slotsOnly(s -> s < places.length ? places[s] : s);
    }

    /** {@return names that tell every element from every other, and do not depend on their numbers} */
    Renaming coded() {
        return slotsOnly(s -> Names.code(slots.name(s)));
    }
}
