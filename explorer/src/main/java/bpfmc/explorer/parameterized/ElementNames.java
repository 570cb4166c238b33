package bpfmc.explorer.parameterized;

import bpfmc.model.memory.ElementIds;

/**
 * Names of elements as the private states of runs use them. Of a map whose keys come and go only the element that the
 * tracked key is bound to has a name that means the same
 * to all runs; other elements have names that mean something to one run only.
 *
 * <p>A name that no run may take for another element: two of them are never known to be different, as they may be one
 * element that was found twice.
 */
final class ElementNames {
    /** What a name stands for. */
    enum Kind {
        /**
         * The element at an index of a small array, or a data section: the same for all runs, or all runs of one CPU.
         */
        FIXED,
        /** The element that the tracked key is bound to at present. */
        CURRENT,
        /** An element that the tracked key was bound to before; each run has its own names for those. */
        STALE,
        /** An element of any other key; each run has its own names for those. */
        UNTRACKED
    }

    private final ElementIds ids;

    /** @param maps how many maps the object has */
    ElementNames(int maps) {
        this.ids = new ElementIds(maps);
    }

    /** {@return the names, as properties and the memory model ask for them} */
    ElementIds ids() {
        return ids;
    }

    int current(int map) {
        return ids.of(new ElementIds.Name(map, ElementIds.Series.CREATED, 0, 0));
    }

    /** @param index from 0 */
    int stale(int map, int index) {
        return ids.of(new ElementIds.Name(map, ElementIds.Series.CREATED, index + 1L, 0));
    }

    /** @param index from 0 */
    int untracked(int map, int index) {
        return ids.of(new ElementIds.Name(map, ElementIds.Series.INITIAL, index, 0));
    }

    int mapOf(int slot) {
        return ids.mapOf(slot);
    }

    Kind kind(int slot) {
        ElementIds.Name name = ids.name(slot);
        return switch (name.series()) {
            case FIXED -> Kind.FIXED;
            case CREATED -> name.index() == 0 ? Kind.CURRENT : Kind.STALE;
            case INITIAL -> Kind.UNTRACKED;
        };
    }

    /** {@return the map of an element that is surely no other than those of other names, else -1} */
    int mapIfUnique(int slot) {
        return switch (kind(slot)) {
            case FIXED -> mapOf(slot);
            case CURRENT, STALE, UNTRACKED -> -1;
        };
    }
}
