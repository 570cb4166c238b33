package bpfmc.explorer.scenario;

import bpfmc.explorer.space.Path;
import bpfmc.model.isa.Instruction;
import bpfmc.model.memory.Element;
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

    /** {@return the conditions, and that threads which exist at the same time have different numbers} */
    static Conditions different(Scenario scenario, Conditions conditions) {
        Set<Symbol> symbols = new TreeSet<>();
        conditions.forEachUnknown(s -> {
            if (s.kind() == Symbol.Kind.TASK && s.owner() >= 0 && CurrentTask.of(s).unique()) {
                symbols.add(s);
            }
        });
        ImmutableList<Symbol> threads = Lists.immutable.withAll(symbols);
        MutableList<Literal> different = Lists.mutable.empty();
        for (int i = 0; i < threads.size(); i++) {
            Symbol a = threads.get(i);
            threads.drop(i + 1).select(b -> a.index() == b.index() && scenario.differentThreads(a.owner(), b.owner()))
                    .each(b -> different.add(Comparison.equal(a, b, false)));
        }
        return different.isEmpty() ? conditions : conditions.and(different);
    }

    /** {@return that each interrupt of the path sees the task that it has come on top of} */
    static ImmutableList<Literal> onTop(BpfSystem system, Path path) {
        MutableList<Literal> same = Lists.mutable.empty();
        int agents = system.scenario().agents().size();
        for (int upper = 0; upper < agents; upper++) {
            for (int lower = 0; lower < agents; lower++) {
                if (tells(system, upper) && tells(system, lower) && onTop(system, path, upper, lower)) {
                    int above = upper;
                    int below = lower;
                    CurrentTask.unknowns().each(s -> same.add(Comparison.equal(Element.toShared(s, above), Element.toShared(s, below), true)));
                }
            }
        }
        return same.toImmutable();
    }

    private static boolean tells(BpfSystem system, int agent) {
        return system.scenario().agents().get(agent).program().code().anySatisfy(i -> i instanceof Instruction.CallHelper c && CurrentTask.concerns(c.helper()));
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
