package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * All states of a small exploration, and the steps between them.
 *
 * @param nodes by number, the initial one first @param arcs by the states that they leave
 */
public record StateGraph(ImmutableList<Node> nodes, ImmutableList<Arc> arcs) {
    /** More states make a picture that nobody reads. */
    public static final int MOST = 200;

    /**
     * A state.
     *
     * @param holds what maps and variables hold, "place = value" @param owned locks and who owns them, "place: program"
     * @param faults names of properties that it violates @param terminal whether nobody can step
     */
    public record Node(ImmutableList<String> holds, ImmutableList<String> owned, ImmutableList<String> faults, boolean terminal) {}

    /** A step. @param slot of the program's instruction @param action what it does */
    public record Arc(int from, int to, int cpu, String program, int slot, String action) {}
}
