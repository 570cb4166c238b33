package bpfmc.explorer.scenario;

import bpfmc.model.flow.CpuDependence;
import bpfmc.model.kernel.MapType;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Which CPUs of a scenario nothing but their number tells apart: they run the same programs at the same levels in the same order.
 *
 * <p>Not alike are CPUs whose programs read their CPU's number; and none are where a program names other CPUs by number,
 * or where values of per-CPU hash maps may be deleted under their users, which the model tells by one of the values only.
 */
public final class AlikeCpus {
    private AlikeCpus() {}

    /** {@return for each CPU the lowest CPU that it is like, itself if there is none} */
    public static int[] kinds(Scenario scenario) {
        int[] kinds = new int[scenario.cpus()];
        boolean numbered = numbered(scenario);
        for (int cpu = 0; cpu < kinds.length; cpu++) {
            kinds[cpu] = cpu;
            for (int other = 0; other < cpu && kinds[cpu] == cpu && !numbered; other++) {
                if (alike(scenario, cpu, other)) {
                    kinds[cpu] = kinds[other];
                }
            }
        }
        return kinds;
    }

    /** {@return whether some run may tell its CPU's number} */
    static boolean numbersMatter(Scenario scenario) {
        return numbered(scenario) || scenario.agents().anySatisfy(a -> CpuDependence.of(scenario.object(), a.program()) != CpuDependence.NONE);
    }

    /** {@return the agents on a CPU, ascending} */
    public static int[] agentsOf(Scenario scenario, int cpu) {
        ImmutableList<Scenario.AgentPlace> places = scenario.agents();
        return IntStream.range(0, places.size()).filter(i -> places.get(i).cpu() == cpu).toArray();
    }

    private static boolean numbered(Scenario scenario) {
        return scenario.agents().anySatisfy(a -> CpuDependence.of(scenario.object(), a.program()) == CpuDependence.ANY_NUMBER)
                || scenario.object().maps().anySatisfy(m -> m.type() == MapType.PERCPU_HASH || m.type() == MapType.LRU_PERCPU_HASH);
    }

    private static boolean alike(Scenario scenario, int cpu, int other) {
        int[] mine = agentsOf(scenario, cpu);
        int[] theirs = agentsOf(scenario, other);
        boolean alike = mine.length == theirs.length && mine.length > 0;
        for (int i = 0; alike && i < mine.length; i++) {
            Scenario.AgentPlace one = scenario.agents().get(mine[i]);
            Scenario.AgentPlace another = scenario.agents().get(theirs[i]);
            alike = one.program() == another.program() && one.inputs().equals(another.inputs()) && one.level() == another.level() && one.rank() == another.rank()
                    && CpuDependence.of(scenario.object(), one.program()) == CpuDependence.NONE;
        }
        return alike;
    }
}
