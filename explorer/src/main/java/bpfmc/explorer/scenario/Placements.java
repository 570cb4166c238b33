package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Ways of placing the same agents on CPUs. */
public final class Placements {
    private Placements() {}

    /** {@return the scenarios but for those that differ from an earlier one in the numbers of CPUs only} */
    public static ImmutableList<Scenario> upToNumbers(ImmutableList<Scenario> scenarios) {
        Set<ImmutableList<String>> seen = new HashSet<>();
        return scenarios.select(s -> AlikeCpus.numbersMatter(s) || seen.add(onEach(s)));
    }

    /** {@return what runs on each CPU, in an order that does not depend on their numbers} */
    private static ImmutableList<String> onEach(Scenario scenario) {
        return Lists.immutable.fromStream(IntStream.range(0, scenario.cpus()).mapToObj(cpu -> scenario.agents().select(a -> a.cpu() == cpu)
                .collect(Placements::told).makeString(", "))).toSortedList().toImmutable();
    }

    private static String told(AgentPlace agent) {
        return agent.program().name() + " " + agent.level() + " " + agent.rank() + " " + agent.inputs();
    }
}
