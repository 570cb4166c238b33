package bpfmc.model.flow;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** For the elements of which maps a program of type iter/bpf_map_elem may be run (kernel/bpf/map_iter.c). */
public final class IteratedMaps {
    /** Offsets in struct bpf_iter__bpf_map_elem, in bytes. */
    public static final int KEY = 16;
    public static final int VALUE = 24;

    private static final String TARGET = "bpf_map_elem";

    private IteratedMaps() {}

    /** {@return whether the program is run for elements of maps} */
    public static boolean concerns(BpfProgram program) {
        return program.section().attach().equals("trace_iter") && program.section().target().equals(TARGET);
    }

    /** {@return the maps whose elements the program may be run for; none when it is of another type} */
    public static ImmutableList<MapDefinition> maps(BpfObject object, BpfProgram program) {
        if (!concerns(program)) {
            return Lists.immutable.empty();
        }
        int key = BufferReach.of(program, KEY);
        int value = BufferReach.of(program, VALUE);
        return object.maps().select(m -> walked(m) && m.keySize() >= key && (m.type().perCpu() || m.valueSize() >= value));
    }

    /** bpf_iter_attach_map: arrays and hash maps. The values of all CPUs are as large as there are CPUs, at most. */
    private static boolean walked(MapDefinition map) {
        return map.data().isEmpty() && map.keySize() <= MapDefinition.LARGEST_KEY && switch (map.type()) {
            case ARRAY, HASH, LRU_HASH, PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH -> true;
            default -> false;
        };
    }
}
