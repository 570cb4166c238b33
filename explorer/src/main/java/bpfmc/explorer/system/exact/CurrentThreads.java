package bpfmc.explorer.system.exact;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.memory.Element;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
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

    /** {@return that each interrupt of the path sees the task that it has come on top of} */
    static ImmutableList<Literal> onTop(BpfSystem system, Path path) {
        MutableList<Literal> same = Lists.mutable.empty();
        int agents = system.scenario().agents().size();
        for (int upper = 0; upper < agents; upper++) {
            for (int lower = 0; lower < agents; lower++) {
                if (onTop(system, path, upper, lower)) {
                    same.addAllIterable(onTop(system.scenario(), upper, lower));
                }
            }
        }
        return same.toImmutable();
    }

    /** {@return what it means that one agent has come on top of another one of its CPU: if it is an interrupt, it sees the same task} */
    static ImmutableList<Literal> onTop(Scenario scenario, int upper, int lower) {
        boolean interrupts = scenario.agents().get(upper).level().compareTo(scenario.agents().get(lower).level()) > 0;
        return !interrupts || !tells(scenario, upper) || !tells(scenario, lower) ? Lists.immutable.empty()
                : CurrentTask.unknowns().collect(s -> Comparison.equal(Element.toShared(s, upper), Element.toShared(s, lower), true)).toList().toImmutable();
    }

    private static boolean tells(Scenario scenario, int agent) {
        return Calls.any(scenario.agents().get(agent).program(), Use.TELLS_TASK);
    }

    /** {@return whether the path begins one agent while the other is under way on the same CPU} */
    private static boolean onTop(BpfSystem system, Path path, int upper, int lower) {
        if (upper == lower || system.scenario().agents().get(upper).cpu() != system.scenario().agents().get(lower).cpu()) {
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
