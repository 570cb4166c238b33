package bpfmc.explorer.search;

import bpfmc.explorer.space.Goal;
import bpfmc.explorer.space.ManyGoals;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import org.eclipse.collections.api.list.ImmutableList;

/** Looks for the run that a person should be shown. */
public final class ShortestPath {
    private ShortestPath() {}

    /**
     * Finds the path from the initial state to a goal with the fewest context switches; among those, the one with the
     * fewest steps; among those, the one whose steps come first in the system's order of successors. So there is
     * exactly one, whoever looks for it and however often.
     *
     * <p>A context switch is a step by another actor than the step before; the first step is free.
     *
     * @param limits the states they speak of are pairs of a state and the actor that moved last
     * @return the path, replayed
     * @throws IllegalStateException if the system does not offer the path a second time, see
     *     {@link bpfmc.explorer.space.Path#replay}
     */
    public static PathResult find(TransitionSystem system, Goal goal, Limits limits) {
        return find(system, Symmetry.NONE, 0, goal, limits);
    }

    /**
     * {@return for each goal, by its number, what {@link #find(TransitionSystem, Goal, Limits)} says of it alone} All are found in one search,
     * which ends with the goal that is farthest. What it had found before a limit ended it stays found.
     *
     * @param count how many goals there are
     */
    public static ImmutableList<PathResult> findAll(TransitionSystem system, ManyGoals goals, int count, Limits limits) {
        return findAll(system, Symmetry.NONE, 0, goals, count, limits);
    }

    /**
     * {@return for each goal what {@link #find(TransitionSystem, Symmetry, int, Goal, Limits)} says of it alone} All are found in one search.
     *
     * @param count how many goals there are
     */
    public static ImmutableList<PathResult> findAll(TransitionSystem system, Symmetry symmetry, int actors, ManyGoals goals, int count,
            Limits limits) {
        return new PathSearch(system, symmetry, actors, goals, count, limits).run();
    }

    /**
     * Finds a path with the fewest context switches, and among those with the fewest steps, by way of one state for each
     * class of states alike. Which one it is depends on nothing but the system and the symmetry.
     *
     * @param goal is reached by all or by none of the states that are alike
     * @param actors how many actors the system has
     * @return the path, of the system itself, replayed
     */
    public static PathResult find(TransitionSystem system, Symmetry symmetry, int actors, Goal goal, Limits limits) {
        return findAll(system, symmetry, actors, (state, terminal, reached) -> {
            if (goal.reached(state, terminal)) {
                reached.accept(0);
            }
        }, 1, limits).getFirst();
    }
}
