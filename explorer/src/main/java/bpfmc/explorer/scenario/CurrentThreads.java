package bpfmc.explorer.scenario;

import bpfmc.explorer.space.Path;
import bpfmc.model.thread.CurrentTask;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Conditions;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a path says of the tasks that its agents see ({@link CurrentTask}): threads of different tasks have different numbers, and an interrupt sees the task
 * that it has come on top of.
 */
final class CurrentThreads {
    private CurrentThreads() {}

    /** Which of two agents on one CPU came on top of the other. */
    @FunctionalInterface
    interface Stacked {
        /** What holds when it is not known who did. */
        Stacked NOT_KNOWN = (upper, lower) -> false;

        /** {@return whether the one began while the other was under way} */
        boolean onTop(int upper, int lower);

        /** {@return as a path tells it} */
        static Stacked on(BpfSystem system, Path path) {
            return (upper, lower) -> {
                int begins = first(path, upper);
                return begins >= 0 && first(path, lower) >= 0 && first(path, lower) < begins && !ended(system, path.before(begins), lower);
            };
        }
    }

    /** {@return what else holds of the unknowns that these conditions speak of} */
    static ImmutableList<Literal> besides(Conditions conditions, Scenario scenario, Stacked stacked) {
        Set<Symbol> symbols = new TreeSet<>();
        conditions.forEachUnknown(symbols::add);
        ImmutableList<Symbol> tasks = Lists.immutable.withAll(symbols).select(s -> s.kind() == Symbol.Kind.TASK && s.owner() >= 0);
        MutableList<Literal> more = Lists.mutable.empty();
        for (int i = 0; i < tasks.size(); i++) {
            for (int k = i + 1; k < tasks.size(); k++) {
                Symbol a = tasks.get(i);
                Symbol b = tasks.get(k);
                if (a.index() != b.index() || a.detail() != b.detail()) {
                    continue;
                }
                if (CurrentTask.of(a).unique() && scenario.differentThreads(a.owner(), b.owner())) {
                    more.add(Comparison.equal(a, b, false));
                } else if (onTop(scenario, stacked, a.owner(), b.owner()) || onTop(scenario, stacked, b.owner(), a.owner())) {
                    more.add(Comparison.equal(a, b, true));
                }
            }
        }
        return more.toImmutable();
    }

    /** {@return whether one agent, an interrupt, began while the other was under way on the same CPU} */
    private static boolean onTop(Scenario scenario, Stacked stacked, int upper, int lower) {
        Scenario.AgentPlace above = scenario.agents().get(upper);
        Scenario.AgentPlace below = scenario.agents().get(lower);
        return above.cpu() == below.cpu() && above.level().compareTo(below.level()) > 0 && stacked.onTop(upper, lower);
    }

    private static int first(Path path, int agent) {
        return path.steps().detectIndex(s -> s.actor() == agent);
    }

    private static boolean ended(BpfSystem system, int[] state, int agent) {
        return system.run(agent, state[agent]).state().operation() instanceof VisibleOperation.End;
    }
}
