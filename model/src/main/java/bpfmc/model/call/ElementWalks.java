package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.VisibleOperation;
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

    /** {@return whether the map is walked index by index, to its end} */
    public static boolean byIndex(MapDefinition map) {
        return switch (map.type()) {
            case ARRAY, PERCPU_ARRAY -> !map.sizeUnknown() && map.maxEntries() <= MOST_INDEXES;
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
    public static Value keyMemory(Machine m, VisibleOperation.Lookup met) {
        int id = 0;
        while (m.memories.containsKey(id)) {
            id++;
        }
        Cells cells = Cells.EMPTY;
        for (int word = 0; word < met.key().words().size(); word++) {
            cells = cells.write(Long.BYTES * word, Long.BYTES, Value.of(met.key().words().get(word)), MemoryAccess.unknowns(m));
        }
        m.memories.put(id, cells);
        return Value.to(new Region.Memory(id, Long.BYTES * met.key().words().size()), 0);
    }
}
