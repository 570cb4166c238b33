package bpfmc.model.thread;

import bpfmc.model.Numbering;
import bpfmc.model.Provisional;
import bpfmc.model.flow.Liveness;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.primitive.IntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * One program's private behaviour: nodes are private states standing before a visible operation, edges are its possible
 * answers. Nodes are interned to small integers and edges are computed once, however many interleavings pass through
 * them and however many agents run the program. For one thread; others that help have {@linkplain #draft drafts}.
 */
public final class ThreadAutomaton {
    /** The node of a run that is over, owns no lock, and leaves its CPU as it found it. */
    public static final int FINISHED = 0;
    /** The node before the first step. */
    public static final int START = 1;

    private final Interpreter interpreter;
    private final Numbering<PrivateState> nodes;
    private final Map<Edge, IntList> edges;
    private final Map<Note, Integer> notes = new HashMap<>();
    /** What this is a draft of; null if it is none. */
    private final ThreadAutomaton original;
    /** Of a draft, whom to tell of what is not known yet; null otherwise. */
    private final Provisional provisional;

    private record Edge(int node, Answer answer) {}

    private record Note(int node, Invalidation notice, boolean mine) {}

    private ThreadAutomaton(Interpreter interpreter, Numbering<PrivateState> nodes) {
        this.interpreter = interpreter;
        this.nodes = nodes;
        this.edges = new HashMap<>();
        this.original = null;
        this.provisional = null;
        number(PrivateState.finished(Lists.immutable.empty(), CpuFlags.AS_FOUND, 0));
        number(interpreter.start());
    }

    private ThreadAutomaton(ThreadAutomaton original, Numbering<PrivateState> nodes, Provisional provisional) {
        this.interpreter = original.interpreter;
        this.nodes = nodes;
        this.edges = original.edges;
        this.original = original;
        this.provisional = provisional;
    }

    /** {@return an automaton whose nodes hold only what can still matter} */
    public static ThreadAutomaton forgetting(RunConfig config) {
        return forgetting(config, new Numbering<>());
    }

    /** {@return an automaton whose nodes hold only what can still matter} @param nodes numbers nothing yet */
    public static ThreadAutomaton forgetting(RunConfig config, Numbering<PrivateState> nodes) {
        var liveness = Liveness.of(config);
        return new ThreadAutomaton(new Interpreter(config, liveness, new Canonical(config.program(), liveness)), nodes);
    }

    /** {@return an automaton whose nodes hold all that a run has met, its end included; for small programs} @param nodes numbers nothing yet */
    public static ThreadAutomaton unforgetting(RunConfig config, Numbering<PrivateState> nodes) {
        return new ThreadAutomaton(new Interpreter(config, Liveness.of(config), new Unforgotten()), nodes);
    }

    /**
     * {@return this automaton for a thread that helps} It knows the edges of this one, and interprets nothing: where an edge is not known yet, it
     * says so to {@code given} and tells of no node.
     *
     * @param drafted a draft of this automaton's numbers
     */
    public ThreadAutomaton draft(Numbering<PrivateState> drafted, Provisional given) {
        return new ThreadAutomaton(this, drafted, given);
    }

    /** {@return the node that is this private state, a new one if need be; for states made of a node's by renaming} */
    public int number(PrivateState state) {
        return nodes.number(state);
    }

    /** {@return the private state of a node} */
    public PrivateState state(int node) {
        return nodes.value(node);
    }

    /** {@return the visible operation a node stands before} */
    public VisibleOperation operation(int node) {
        return nodes.value(node).operation();
    }

    /** {@return the nodes that may follow when the node's operation is answered so; more than one after a branch on an unknown} */
    public IntList resume(int node, Answer answer) {
        Edge edge = new Edge(node, answer);
        IntList next = edges.get(edge);
        if (next == null && original != null) {
            provisional.mark();
            return IntLists.immutable.empty();
        }
        if (next == null) {
            next = IntLists.immutable.withAll(interpreter.resume(state(node), answer).collectInt(this::number));
            edges.put(edge, next);
        }
        return next;
    }

    /** {@return the node with the notice taken; the same one when it does not matter to it} */
    public int notice(int node, Invalidation notice, boolean mine) {
        Note note = new Note(node, notice, mine);
        Integer after = original == null ? null : original.notes.get(note);
        if (after == null) {
            after = notes.get(note);
        }
        if (after == null) {
            after = number(Invalidation.take(state(node), notice, mine));
            if (provisional == null || !provisional.any()) {
                notes.put(note, after);
            }
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

    /** {@return whether the node's number was given for good} */
    public boolean lasting(int node) {
        return nodes.lasting(node);
    }
}
