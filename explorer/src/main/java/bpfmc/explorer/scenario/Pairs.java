package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** The scenarios that are tried for an object without a scenario of its own: every pair of programs that share a map. */
public final class Pairs {
    private Pairs() {}

    /**
     * {@return a scenario for each unordered pair of these programs, a program with itself included, that share one of these
     * maps} With more than two CPUs the two programs take turns.
     *
     * @param maps indexes of the maps that count
     */
    public static ImmutableList<Scenario> of(BpfObject object, ImmutableList<BpfProgram> programs, ImmutableIntSet maps, int cpus, int runs) {
        MutableList<Scenario> scenarios = Lists.mutable.empty();
        for (int a = 0; a < programs.size(); a++) {
            for (int b = a; b < programs.size(); b++) {
                if (share(object, programs.get(a), programs.get(b), maps)) {
                    scenarios.add(scenario(object, programs.get(a), programs.get(b), cpus, runs));
                }
            }
        }
        return scenarios.toImmutable();
    }

    private static boolean share(BpfObject object, BpfProgram a, BpfProgram b, ImmutableIntSet maps) {
        ImmutableIntSet both = sharedMaps(object, b);
        return sharedMaps(object, a).anySatisfy(m -> maps.contains(m) && both.contains(m));
    }

    private static Scenario scenario(BpfObject object, BpfProgram a, BpfProgram b, int cpus, int runs) {
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            for (int run = 0; run < runs; run++) {
                agents.add(new AgentPlace(cpu % 2 == 0 ? a : b, cpu));
            }
        }
        return new Scenario(object, agents.toImmutable(), cpus);
    }

    /** {@return the maps whose elements the program may share with others, those that it reaches through maps of maps included} */
    public static ImmutableIntSet sharedMaps(BpfObject object, BpfProgram program) {
        var maps = IntSets.mutable.empty();
        program.references().forEachValue(r -> {
            switch (r) {
                case Reference.Map m -> addWithInner(object, m.map(), maps);
                case Reference.Data d -> addWithInner(object, d.map(), maps);
                case Reference.Function f -> { }
                case Reference.Kfunc k -> { }
                case Reference.KernelSymbol k -> { }
            }
        });
        return maps.toImmutable();
    }

    private static void addWithInner(BpfObject object, int map, org.eclipse.collections.api.set.primitive.MutableIntSet maps) {
        MapDefinition definition = object.maps().get(map);
        if (!definition.readOnlyData() && holdsElements(definition.type())) {
            maps.add(map);
        }
        definition.initialInner().each(inner -> {
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
