package bpfmc.explorer.scenario;

import bpfmc.explorer.space.Path;
import bpfmc.model.thread.CurrentTask;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
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

    /** {@return the conditions on the unknowns that these others speak of} */
    static ImmutableList<Literal> conditions(BpfSystem system, Path path, ImmutableList<Literal> others) {
        Set<Symbol> symbols = new TreeSet<>();
        others.each(l -> {
            Terms.forEachSymbol(l.comparison().left(), symbols::add);
            Terms.forEachSymbol(l.comparison().right(), symbols::add);
        });
        ImmutableList<Symbol> tasks = Lists.immutable.withAll(symbols).select(s -> s.kind() == Symbol.Kind.TASK && s.owner() >= 0);
        MutableList<Literal> conditions = Lists.mutable.empty();
        for (int i = 0; i < tasks.size(); i++) {
            for (int k = i + 1; k < tasks.size(); k++) {
                Symbol a = tasks.get(i);
                Symbol b = tasks.get(k);
                if (a.index() != b.index() || a.detail() != b.detail()) {
                    continue;
                }
                if (CurrentTask.of(a).unique() && system.scenario().differentThreads(a.owner(), b.owner())) {
                    conditions.add(Comparison.equal(a, b, false));
                } else if (onTop(system, path, a.owner(), b.owner()) || onTop(system, path, b.owner(), a.owner())) {
                    conditions.add(Comparison.equal(a, b, true));
                }
            }
        }
        return conditions.toImmutable();
    }

    /** {@return whether the path begins one agent, an interrupt, while the other is under way on the same CPU} */
    private static boolean onTop(BpfSystem system, Path path, int upper, int lower) {
        Scenario.AgentPlace above = system.scenario().agents().get(upper);
        Scenario.AgentPlace below = system.scenario().agents().get(lower);
        if (above.cpu() != below.cpu() || above.level().compareTo(below.level()) <= 0) {
            return false;
        }
        int begins = first(path, upper);
        return begins >= 0 && first(path, lower) >= 0 && first(path, lower) < begins && !ended(system, path.before(begins), lower);
    }

    private static int first(Path path, int agent) {
        return path.steps().detectIndex(s -> s.actor() == agent);
    }

    private static boolean ended(BpfSystem system, int[] state, int agent) {
        return system.run(agent, state[agent]).state().operation() instanceof VisibleOperation.End;
    }
}
