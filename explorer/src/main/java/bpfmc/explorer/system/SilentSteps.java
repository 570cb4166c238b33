package bpfmc.explorer.system;

import bpfmc.model.memory.Outcome;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import org.eclipse.collections.api.list.primitive.IntList;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Operations that nobody can notice and whose answers nobody can change. Runs go on through them, so they are no steps; and a run begins before
 * its first operation that is one.
 */
final class SilentSteps {
    private final SystemParts parts;
    private final int[] first;

    SilentSteps(SystemParts parts) {
        this.parts = parts;
        this.first = new int[parts.automata().agents()];
        for (int agent = 0; agent < first.length; agent++) {
            first[agent] = begin(agent);
        }
    }

    private SilentSteps(SystemParts parts, int[] first) {
        this.parts = parts;
        this.first = first;
    }

    /** {@return the same for a thread that helps} */
    SilentSteps draft(SystemParts draft) {
        return new SilentSteps(draft, first);
    }

    /**
     * A run that begins the same way whatever its inputs are begins before its first visible operation, but where others
     * need to know whether it has begun.
     */
    private int begin(int agent) {
        if (parts.scheduler().stacked(agent)) {
            return ThreadAutomaton.START;
        }
        IntList begun = settled(agent, parts.automata().of(agent).resume(ThreadAutomaton.START, Answer.NONE));
        return begun.size() == 1 ? begun.get(0) : ThreadAutomaton.START;
    }

    /** {@return the node at which the agent's run begins} */
    int first(int agent) {
        return first[agent];
    }

    /** {@return whether the agent has taken a step and has not ended} */
    boolean underway(int[] state, int agent) {
        return state[agent] != first[agent] && !parts.automata().node(state, agent).ended();
    }

    /** {@return whether nobody can notice the agent's operation or change its answer} */
    boolean silent(int agent, VisibleOperation operation) {
        return parts.memory().silent(operation) || operation instanceof VisibleOperation.Toggle && !parts.scheduler().interruptible(agent);
    }

    /** {@return the nodes that stand before a step, after silent operations, each once} */
    IntList settled(int agent, IntList reached) {
        MutableIntList settled = IntLists.mutable.empty();
        reached.forEach(number -> {
            Node node = parts.automata().node(agent, number);
            if (!silent(agent, node.operation())) {
                addOnce(settled, number);
                return;
            }
            for (Outcome outcome : parts.memory().step(node.operation(), parts.agent(agent, node.state()), new UnreadMemory())) {
                settled(agent, parts.automata().of(agent).resume(number, outcome.answer())).forEach(next -> addOnce(settled, next));
            }
        });
        return settled;
    }

    private static void addOnce(MutableIntList nodes, int node) {
        if (!nodes.contains(node)) {
            nodes.add(node);
        }
    }
}
