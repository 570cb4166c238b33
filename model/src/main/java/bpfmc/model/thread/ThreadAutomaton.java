package bpfmc.model.thread;

import bpfmc.model.Reading;
import bpfmc.model.flow.Liveness;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.primitive.IntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * One program's private behaviour: nodes are private states standing before a visible operation, edges are its possible
 * answers. Nodes are interned to small integers and edges are computed once, however many interleavings pass through
 * them and however many agents run the program. For one thread, and several that only {@linkplain Reading read}, while that one learns nothing.
 */
public final class ThreadAutomaton {
    /** The node of a run that is over, owns no lock, and leaves its CPU as it found it. */
    public static final int FINISHED = 0;
    /** The node before the first step. */
    public static final int START = 1;

    private final Interpreter interpreter;
    private final List<PrivateState> nodes = new ArrayList<>();
    private final Map<PrivateState, Integer> numbers = new HashMap<>();
    private final Map<Edge, IntList> edges = new HashMap<>();
    private final Map<Note, Integer> notes = new HashMap<>();

    private record Edge(int node, Answer answer) {}

    private record Note(int node, Invalidation notice, boolean mine) {}

    private ThreadAutomaton(Interpreter interpreter) {
        this.interpreter = interpreter;
        number(PrivateState.finished(Lists.immutable.empty(), CpuFlags.AS_FOUND, 0));
        number(interpreter.start());
    }

    /** {@return an automaton whose nodes hold only what can still matter} */
    public static ThreadAutomaton forgetting(RunConfig config) {
        var liveness = Liveness.of(config);
        return new ThreadAutomaton(new Interpreter(config, liveness, new Canonical(config.program(), liveness)));
    }

    /** {@return an automaton whose nodes hold all that a run has met, its end included; for small programs} */
    public static ThreadAutomaton unforgetting(RunConfig config) {
        return new ThreadAutomaton(new Interpreter(config, Liveness.of(config), new Unforgotten()));
    }

    /** {@return the node that is this private state, a new one if need be; for states made of a node's by renaming} */
    public int number(PrivateState state) {
        Integer known = numbers.get(state);
        if (known != null) {
            return known;
        }
        Reading.mayLearn();
        nodes.add(state);
        numbers.put(state, nodes.size() - 1);
        return nodes.size() - 1;
    }

    /** {@return the private state of a node} */
    public PrivateState state(int node) {
        return nodes.get(node);
    }

    /** {@return the visible operation a node stands before} */
    public VisibleOperation operation(int node) {
        return nodes.get(node).operation();
    }

    /** {@return the nodes that may follow when the node's operation is answered so; more than one after a branch on an unknown} */
    public IntList resume(int node, Answer answer) {
        Edge edge = new Edge(node, answer);
        IntList next = edges.get(edge);
        if (next == null) {
            Reading.mayLearn();
            next = IntLists.immutable.withAll(interpreter.resume(state(node), answer).collectInt(this::number));
            edges.put(edge, next);
        }
        return next;
    }

    /** {@return the node with the notice taken; the same one when it does not matter to it} */
    public int notice(int node, Invalidation notice, boolean mine) {
        Note note = new Note(node, notice, mine);
        Integer after = notes.get(note);
        if (after == null) {
            Reading.mayLearn();
            after = number(Invalidation.take(state(node), notice, mine));
            notes.put(note, after);
        }
        return after;
    }

    /** {@return how many answers of this kind were given to operations of this kind so far} */
    public long answers(Predicate<VisibleOperation> operation, Predicate<Answer> answer) {
        return edges.keySet().stream().filter(e -> operation.test(operation(e.node())) && answer.test(e.answer())).count();
    }

    /** {@return the number of nodes met so far} */
    public int size() {
        return nodes.size();
    }
}
