package bpfmc.explorer.search;

import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import java.util.Optional;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Finds the run to a goal with the fewest context switches, then the fewest steps, then the first in the order in which the
 * system offers successors. A context switch is a step by another actor than the step before.
 *
 * <p>States are searched together with the actor of the last step, so that the number of switches is exact: first all that
 * can be reached without a switch, in the order of their steps, then with one, and so on.
 */
public final class ShortestPath {
    /** Whether a state is the goal. */
    @FunctionalInterface
    public interface Goal {
        boolean test(int[] state, boolean terminal);
    }

    private final TransitionSystem system;
    private final Goal goal;
    private final Limits limits;
    private final StateTable visited;
    private final MutableIntList parents = IntLists.mutable.empty();
    private final MutableIntList actors = IntLists.mutable.empty();
    private final MutableIntList choices = IntLists.mutable.empty();
    private final int[] extended;
    private final int[] state;

    private ShortestPath(TransitionSystem system, Goal goal, Limits limits) {
        this.system = system;
        this.goal = goal;
        this.limits = limits;
        this.visited = new StateTable(system.width() + 1);
        this.extended = new int[system.width() + 1];
        this.state = new int[system.width()];
    }

    /** {@return the best run to a goal state, empty when there is none within the limits} */
    public static Optional<Path> find(TransitionSystem system, Goal goal, Limits limits) {
        return new ShortestPath(system, goal, limits).search();
    }

    /** A step that was offered but not yet taken: it switches, so it waits for its turn. */
    private record Waiting(int parent, int steps, int actor, int choice, int[] after) {}

    private Optional<Path> search() {
        long start = System.nanoTime();
        system.initial(state);
        MutableList<Waiting> layer = Lists.mutable.with(new Waiting(-1, 0, -1, 0, state.clone()));
        while (layer.notEmpty()) {
            MutableList<Waiting> nextLayer = Lists.mutable.empty();
            MutableList<Waiting> now = layer.sortThisByInt(Waiting::steps);
            int taken = 0;
            MutableList<Waiting> same = Lists.mutable.empty();
            for (int steps = now.getFirst().steps(); taken < now.size() || same.notEmpty(); steps++) {
                MutableList<Waiting> current = same;
                while (taken < now.size() && now.get(taken).steps() == steps) {
                    current.add(now.get(taken++));
                }
                same = Lists.mutable.empty();
                for (Waiting w : current) {
                    int number = take(w);
                    if (number >= 0 && expand(number, w, same, nextLayer)) {
                        return Optional.of(path(number));
                    }
                }
                if (visited.count() > limits.maxStates() || visited.bytes() > limits.maxBytes()
                        || System.nanoTime() - start > limits.timeout().toNanos()) {
                    return Optional.empty();
                }
            }
            layer = nextLayer;
        }
        return Optional.empty();
    }

    /** {@return the number of the state reached, -1 when it was reached at least as well before} */
    private int take(Waiting w) {
        System.arraycopy(w.after(), 0, extended, 0, w.after().length);
        extended[w.after().length] = w.actor() + 1;
        long number = visited.add(extended);
        if (number == StateTable.KNOWN) {
            return -1;
        }
        parents.add(w.parent());
        actors.add(w.actor());
        choices.add(w.choice());
        return (int) number;
    }

    private boolean expand(int number, Waiting w, MutableList<Waiting> same, MutableList<Waiting> other) {
        int before = same.size() + other.size();
        system.successors(w.after(), (actor, choice, successor) -> {
            boolean stays = w.actor() < 0 || actor == w.actor();
            (stays ? same : other).add(new Waiting(number, w.steps() + 1, actor, choice, successor.clone()));
        });
        return goal.test(w.after(), same.size() + other.size() == before);
    }

    private Path path(int end) {
        MutableList<Path.Step> steps = Lists.mutable.empty();
        int at = end;
        while (parents.get(at) >= 0) {
            steps.add(new Path.Step(actors.get(at), choices.get(at), stateOf(at)));
            at = parents.get(at);
        }
        return new Path(stateOf(at), steps.reverseThis().toImmutable());
    }

    private int[] stateOf(int number) {
        visited.get(number, extended);
        return java.util.Arrays.copyOf(extended, extended.length - 1);
    }
}
