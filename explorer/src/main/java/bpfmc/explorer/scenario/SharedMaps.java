package bpfmc.explorer.scenario;

import bpfmc.model.flow.IteratedMaps;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** Through which maps the runs of programs can meet. */
public final class SharedMaps {
    private SharedMaps() {}

    /** {@return the maps whose elements the program may share with others, those that it reaches through maps of maps included} */
    public static ImmutableIntSet of(BpfObject object, BpfProgram program) {
        var maps = IntSets.mutable.empty();
        program.references().forEachValue(r -> {
            switch (r) {
                case Reference.Map m -> addWithInner(object, m.map(), maps);
                case Reference.Data d -> addWithInner(object, d.map(), maps);
                case Reference.Function f -> { }
                case Reference.Kfunc k -> { }
                case Reference.Kernel k -> { }
                case Reference.KernelSymbol k -> { }
            }
        });
        IteratedMaps.maps(object, program).each(m -> maps.add(m.index()));
        return maps.toImmutable();
    }

    private static void addWithInner(BpfObject object, int map, MutableIntSet maps) {
        MapDefinition definition = object.maps().get(map);
        if (!definition.readOnlyData() && holdsElements(definition.type())) {
            maps.add(map);
        }
        definition.initialInner().newWithAll(definition.replacements()).each(inner -> {
            if (inner >= 0) {
                maps.add(inner);
            }
        });
    }

    private static boolean holdsElements(MapType type) {
        return switch (type) {
            case RINGBUF, PERF_EVENT_ARRAY, PROG_ARRAY, STACK_TRACE, CGROUP_ARRAY, DEVMAP, DEVMAP_HASH, CPUMAP, XSKMAP, SOCKMAP,
                    SOCKHASH, REUSEPORT_SOCKARRAY, USER_RINGBUF, INSN_ARRAY, STRUCT_OPS, UNSPEC -> false;
            default -> true;
        };
    }
}
