package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.kernel.Nesting;
import bpfmc.model.program.BpfProgram;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The scenarios in which programs interrupt programs, tried for an object without a scenario of its own: for every ordered
 * pair of programs that share a map and whose types let one come on top of the other, the two on one CPU; then as many
 * CPUs as are asked for, with one such interrupt each.
 *
 * <p>Where the types allow several levels, the lower program runs at its lowest and the upper one at its highest: whatever
 * keeps an interrupt of that level away keeps those between other levels away too, so no interleaving is left out.
 * Likewise a preempting task comes in no place where an interrupt could not, as preemption is off wherever softirqs
 * are; so it is only tried for pairs that cannot interrupt each other.
 */
public final class Interrupts {
    private Interrupts() {}

    /** @param lower is interrupted @param upper interrupts it */
    private record Pair(BpfProgram lower, BpfProgram upper, Nesting levels) {}

    /** {@return for each pair the scenario with an interrupt on each CPU, in the order of {@link #onOneCpu}} */
    public static ImmutableList<Scenario> onEachCpu(ScenarioSpace extent) {
        return pairs(extent).collect(p -> scenario(extent, p, extent.cpus()));
    }

    /** {@return for each pair the scenario on one CPU} */
    public static ImmutableList<Scenario> onOneCpu(ScenarioSpace extent) {
        return pairs(extent).collect(p -> scenario(extent, p, 1));
    }

    private static ImmutableList<Pair> pairs(ScenarioSpace extent) {
        ImmutableList<BpfProgram> programs = extent.programs();
        ImmutableList<ImmutableIntSet> shared = extent.sharedMaps();
        MutableList<Pair> pairs = Lists.mutable.empty();
        for (int i = 0; i < programs.size(); i++) {
            for (int j = 0; j < programs.size(); j++) {
                BpfProgram lower = programs.get(i);
                BpfProgram upper = programs.get(j);
                if (shared.get(i).anySatisfy(shared.get(j)::contains) && extent.alternatives().together(lower, upper)) {
                    nesting(extent, lower, upper).ifPresent(n -> pairs.add(new Pair(lower, upper, n)));
                }
            }
        }
        return pairs.toImmutable();
    }

    /** {@return the levels at which the upper program comes on top of the lower one, if it can} */
    private static Optional<Nesting> nesting(ScenarioSpace extent, BpfProgram lower, BpfProgram upper) {
        ExecutionContext context = extent.contexts().of(lower);
        ImmutableList<Nesting> ways = lower == upper ? context.nestingsWithItself() : context.nestings(extent.contexts().of(upper));
        return ways.select(n -> n.above() != n.below() || extent.rules().preemption() == Preemption.TASKS)
                .maxOptional(Comparator.comparing((Nesting n) -> n.above() != n.below()).thenComparing(Nesting::above)
                        .thenComparing(Nesting::below, Comparator.<ContextLevel>reverseOrder()));
    }

    private static Scenario scenario(ScenarioSpace extent, Pair pair, int cpus) {
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int here = cpu;
            IntStream.range(0, extent.runs()).forEach(r -> agents.add(new AgentPlace(pair.lower(), here, pair.levels().below(), 0)));
            IntStream.range(0, extent.runs()).forEach(r -> agents.add(new AgentPlace(pair.upper(), here, pair.levels().above(), 1)));
        }
        return new Scenario(extent.object(), agents.toImmutable(), cpus, extent.rules());
    }
}
