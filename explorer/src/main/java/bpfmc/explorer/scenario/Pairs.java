package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.program.BpfProgram;
import java.util.Arrays;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** The scenarios that are tried for an object without a scenario of its own: every choice of programs that share maps. */
public final class Pairs {
    private Pairs() {}

    /**
     * {@return a scenario for each way to choose a program for each CPU, a program with itself included, whatever the order,
     * in which every program is connected to the others by maps that both use, and may be loaded together with them} On two
     * CPUs these are the pairs of programs that share a map.
     */
    public static ImmutableList<Scenario> of(ScenarioSpace extent) {
        ImmutableList<ImmutableIntSet> shared = extent.sharedMaps();
        MutableList<Scenario> scenarios = Lists.mutable.empty();
        int[] choice = new int[extent.cpus()];
        do {
            ImmutableList<BpfProgram> chosen = Lists.immutable.withAll(Arrays.stream(choice).mapToObj(extent.programs()::get).toList());
            if (connected(choice, shared) && chosen.allSatisfy(p -> chosen.allSatisfy(q -> extent.alternatives().together(p, q)))) {
                scenarios.add(scenario(extent, chosen));
            }
        } while (next(choice, extent.programs().size()));
        return scenarios.toImmutable();
    }

    /** Steps to the next choice in which the numbers do not descend. {@return false after the last one} */
    private static boolean next(int[] choice, int programs) {
        for (int i = choice.length - 1; i >= 0; i--) {
            if (choice[i] + 1 < programs) {
                Arrays.fill(choice, i, choice.length, choice[i] + 1);
                return true;
            }
        }
        return false;
    }

    /** {@return whether the chosen programs hang together by the maps they share, each of them using one} */
    private static boolean connected(int[] choice, ImmutableList<ImmutableIntSet> shared) {
        if (shared.isEmpty()) {
            return false;
        }
        var reached = IntSets.mutable.withAll(shared.get(choice[0]));
        boolean[] joined = new boolean[choice.length];
        joined[0] = reached.notEmpty();
        for (boolean changed = true; changed;) {
            changed = false;
            for (int i = 0; i < choice.length; i++) {
                if (!joined[i] && shared.get(choice[i]).anySatisfy(reached::contains)) {
                    reached.addAll(shared.get(choice[i]));
                    joined[i] = true;
                    changed = true;
                }
            }
        }
        for (boolean one : joined) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private static Scenario scenario(ScenarioSpace extent, ImmutableList<BpfProgram> chosen) {
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < chosen.size(); cpu++) {
            for (int run = 0; run < extent.runs(); run++) {
                agents.add(new AgentPlace(chosen.get(cpu), cpu, extent.contexts().of(chosen.get(cpu)).level(), 0));
            }
        }
        return new Scenario(extent.object(), agents.toImmutable(), chosen.size(), extent.rules());
    }
}
