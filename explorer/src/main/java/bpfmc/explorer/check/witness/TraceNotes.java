package bpfmc.explorer.check.witness;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Who interrupts whom on a path, and who waits for whom at its end. */
final class TraceNotes {
    private final BpfSystem system;
    private final Path path;

    TraceNotes(BpfSystem system, Path path) {
        this.system = system;
        this.path = path;
    }

    private AgentPlace place(int agent) {
        return system.scenario().agents().get(agent);
    }

    /** {@return how many agents lie suspended below this one on its CPU} */
    int depth(int[] state, int agent) {
        int[] stack = system.stack(state, agent);
        int at = Arrays.binarySearch(stack, agent);
        return at < 0 ? stack.length : at;
    }

    /** {@return a sentence for each pair of agents of which one comes on top of the other} */
    ImmutableList<String> interrupts() {
        MutableList<String> sentences = Lists.mutable.empty();
        for (int i = 0; i < path.steps().size(); i++) {
            int agent = path.steps().get(i).actor();
            if (!system.isAgent(agent)) {
                continue;
            }
            int[] stack = system.stack(path.before(i), agent);
            int depth = depth(path.before(i), agent);
            if (depth > 0 && !system.skipped(path.before(i), agent)) {
                AgentPlace below = place(stack[depth - 1]);
                AgentPlace above = place(agent);
                String verb = above.level() == below.level() ? " preempts " : " interrupts ";
                sentences.add(described(above) + verb + described(below) + " on CPU" + above.cpu());
            }
        }
        return sentences.distinct().toImmutable();
    }

    private static String described(AgentPlace agent) {
        return agent.program().name() + " (" + agent.level().word() + ")";
    }

    /**
     * {@return a sentence for each agent that waits for a lock at the end of the path}
     *
     * @param elementName the names of elements
     */
    ImmutableList<String> waits(IntFunction<String> elementName) {
        int[] end = path.last().toArray();
        Snapshot state = system.snapshot(end);
        MutableList<String> sentences = Lists.mutable.empty();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            Run run = system.run(agent, end[agent]);
            if (system.active(end, agent) && run.state().operation() instanceof Acquire wanted) {
                int slot = wanted.element().slot();
                int owner = state.element(slot).owner(wanted.offset());
                if (owner < 0 && state.above(agent) < 0) {
                    sentences.add(located(agent) + " waits for the lock of " + elementName.apply(slot) + ", which nobody owns");
                } else if (owner >= 0) {
                    sentences.add(located(agent) + " waits for the lock of " + elementName.apply(slot) + ", which " + owner(end, agent, owner));
                }
            } else if (system.active(end, agent) && run.state().operation() instanceof CancelTimer wanted && state.above(agent) < 0) {
                sentences.add(located(agent) + " waits for the callback of the timer of " + elementName.apply(wanted.element().slot()));
            }
        }
        return sentences.toImmutable();
    }

    private String located(int agent) {
        AgentPlace place = place(agent);
        return place.program().name() + " (" + place.level().word() + ", CPU" + place.cpu() + ")";
    }

    private String owner(int[] end, int waiter, int owner) {
        if (owner == waiter) {
            return "it owns itself";
        }
        int[] stack = system.stack(end, owner);
        int depth = depth(end, owner);
        String state = !system.active(end, owner) ? "; that run has ended without releasing it"
                : depth < stack.length - 1 ? "; it is suspended below " + located(stack[depth + 1])
                : system.run(owner, end[owner]).state().operation() instanceof Acquire ? "; it waits too" : "";
        return located(owner) + " owns" + state;
    }
}
