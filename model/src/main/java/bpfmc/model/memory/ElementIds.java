package bpfmc.model.memory;

import bpfmc.model.Numbering;
import bpfmc.model.Provisional;

/**
 * Numbers for elements, and for the locks in them. A name gets its number when it is first asked for and keeps it, so numbers do not depend on the
 * way by which a state was reached, only on the order of the whole search. The element of a data section has the number
 * of its map.
 */
public final class ElementIds {
    /** Which elements of a map. */
    public enum Series {
        /** Elements that always belong to one index of an array. */
        FIXED,
        /** Elements that were bound before the first step, in the order in which their keys were first met. */
        INITIAL,
        /** Elements bound by updates. */
        CREATED
    }

    /** @param cpu of a per-CPU map, else 0 */
    public record Name(int map, Series series, long index, int cpu) {}

    /** @param slot an element @param offset of the lock in its value */
    private record Lock(int slot, int offset) {}

    private final int maps;
    private final Numbering<Name> names;
    private final Numbering<Lock> locks;

    /** @param maps how many maps the object has */
    public ElementIds(int maps) {
        this(maps, new Numbering<>(), new Numbering<>());
    }

    private ElementIds(int maps, Numbering<Name> names, Numbering<Lock> locks) {
        this.maps = maps;
        this.names = names;
        this.locks = locks;
    }

    /** {@return the same numbers for a thread that helps} */
    public ElementIds draft(Provisional given) {
        return new ElementIds(maps, names.draft(given), locks.draft(given));
    }

    /** {@return the number of this element} */
    public int of(Name name) {
        return maps + names.number(name);
    }

    /** {@return the number of a lock, for algorithms that tell locks apart} */
    int lock(int slot, int offset) {
        return locks.number(new Lock(slot, offset));
    }

    /** {@return how many locks have a number} */
    int locks() {
        return locks.size();
    }

    /** {@return how many elements have a number, those of data sections aside} */
    public int count() {
        return names.size();
    }

    /** {@return the name of an element; a data section's is the fixed element 0 of its map} */
    public Name name(int slot) {
        return slot < maps ? new Name(slot, Series.FIXED, 0, 0) : names.value(slot - maps);
    }

    /** {@return the element that another CPU has in this element's place} */
    public int onCpu(int slot, int cpu) {
        Name n = name(slot);
        return cpu == n.cpu() ? slot : of(new Name(n.map(), n.series(), n.index(), cpu));
    }

    /** {@return the map an element belongs to} */
    public int mapOf(int slot) {
        return name(slot).map();
    }
}
