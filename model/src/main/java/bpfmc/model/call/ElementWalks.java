package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What walks over the elements of a map have in common: bpf_for_each_map_elem and programs of type iter/bpf_map_elem. */
public final class ElementWalks {
    private static final int MOST_INDEXES = 4;

    private ElementWalks() {}

    /** {@return whether the map is walked index by index, to its end} @param walk how many elements a walk visits at most, where that is bounded */
    public static boolean byIndex(MapDefinition map, int walk) {
        return switch (map.type()) {
            case ARRAY, PERCPU_ARRAY -> !map.sizeUnknown() && map.maxEntries() <= indexed(walk);
            default -> false;
        };
    }

    /** {@return up to how many entries arrays are walked index by index} */
    public static int indexed(int walk) {
        return Math.max(MOST_INDEXES, walk);
    }

    /** {@return whether a walk over the map may end after fewer elements than it would visit} A hash map of few entries may change while it is walked; one of a single entry is left behind that. */
    public static boolean bounded(MapDefinition map, int walk) {
        return switch (map.type()) {
            case ARRAY, PERCPU_ARRAY -> !byIndex(map, walk);
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> !holdsOne(map);
            default -> false;
        };
    }

    /** {@return whether the map has room for one key} */
    public static boolean holdsOne(MapDefinition map) {
        return !map.sizeUnknown() && map.maxEntries() == 1;
    }

    /** {@return whether the map is walked key by key, each once, as long as none comes or goes} Entries of an LRU map may go at any time. */
    public static boolean byKey(MapDefinition map) {
        return switch (map.type()) {
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> true;
            default -> false;
        };
    }

    /** {@return a key of which nothing is known} */
    public static Key someKey(Machine m, MapDefinition map) {
        MutableList<Term> words = Lists.mutable.empty();
        for (int at = 0; at < map.keySize(); at += Long.BYTES) {
            words.add(m.unknown(Math.min(Long.BYTES, map.keySize() - at)));
        }
        return new Key(words.toImmutable());
    }

    /** {@return the address of memory that holds the key} The kernel's own copy may change when the element is reused; the walk's first look is what counts. */
    public static Value keyMemory(Machine m, Key met) {
        Cells cells = Cells.EMPTY;
        for (int word = 0; word < met.words().size(); word++) {
            cells = cells.write(Long.BYTES * word, Long.BYTES, Value.of(met.words().get(word)), MemoryAccess.unknowns(m));
        }
        return memory(m, cells, Long.BYTES * met.words().size());
    }

    /** {@return the address of new memory that only this run knows} @param size bytes */
    public static Value memory(Machine m, Cells contents, int size) {
        int id = 0;
        while (m.memories.containsKey(id)) {
            id++;
        }
        m.memories.put(id, contents);
        return Value.to(new Region.Memory(id, size), 0);
    }
}
