package bpfmc.explorer.parameterized;

import bpfmc.model.value.Cells;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;

/**
 * The shared part of a view. It names no run: of a lock it knows that it is taken, not by whom.
 *
 * @param bound maps of the focus that the tracked key is bound in, of those whose keys come and go
 * @param taken locks of the focus that are taken
 * @param contents what is known of the words that are kept, by element: constants
 */
record Shared(ImmutableIntSet bound, ImmutableSet<Taken> taken, ImmutableIntObjectMap<Cells> contents) {

    /** A lock. @param slot of its element @param offset in the value */
    record Taken(int slot, int offset) {}

    boolean isTaken(int slot, int offset) {
        return taken.contains(new Taken(slot, offset));
    }

    Shared taking(int slot, int offset) {
        return new Shared(bound, taken.newWith(new Taken(slot, offset)), contents);
    }

    Shared freeing(int slot, int offset) {
        return new Shared(bound, taken.newWithout(new Taken(slot, offset)), contents);
    }

    /** {@return the same once the key has another element: its locks are free, and nothing is known of its contents} */
    Shared binding(int map, int slot) {
        return new Shared(bound.newWith(map), taken.reject(t -> t.slot() == slot), contents.newWithoutKey(slot));
    }

    Shared unbinding(int map, int slot) {
        return new Shared(bound.newWithout(map), taken.reject(t -> t.slot() == slot), contents.newWithoutKey(slot));
    }

    /** {@return what is known of an element's contents} */
    Cells contents(int slot) {
        Cells known = contents.get(slot);
        return known == null ? Cells.EMPTY : known;
    }

    Shared holding(int slot, Cells known) {
        return new Shared(bound, taken, known.cells().isEmpty() ? contents.newWithoutKey(slot) : contents.newWithKeyValue(slot, known));
    }
}
