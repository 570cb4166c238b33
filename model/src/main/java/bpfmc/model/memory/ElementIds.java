package bpfmc.model.memory;

import bpfmc.model.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for elements. A name gets its number when it is first asked for and keeps it, so numbers do not depend on the
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

    private final int maps;
    private final List<Name> names = new ArrayList<>();
    private final Map<Name, Integer> numbers = new HashMap<>();

    /** @param maps how many maps the object has */
    public ElementIds(int maps) {
        this.maps = maps;
    }

    /** {@return the number of this element} */
    public int of(Name name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        Reading.mayLearn();
        names.add(name);
        numbers.put(name, maps + names.size() - 1);
        return maps + names.size() - 1;
    }

    /** {@return how many elements have a number, those of data sections aside} */
    public int count() {
        return names.size();
    }

    /** {@return the name of an element; a data section's is the fixed element 0 of its map} */
    public Name name(int slot) {
        return slot < maps ? new Name(slot, Series.FIXED, 0, 0) : names.get(slot - maps);
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
