package bpfmc.explorer.search;

import bpfmc.explorer.space.Goal;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.toy.Naive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/**
 * The best path by walking all of them, in the order of successors. Paths that come twice to the same state by the same
 * actor are left out: without the loop they would be better.
 */
final class AllPaths {
    private final TransitionSystem system;
    private final Goal goal;
    private final List<Step> taken = new ArrayList<>();
    private final Set<List<Object>> met = new HashSet<>();
    private Optional<Path> best = Optional.empty();

    AllPaths(TransitionSystem system, Goal goal) {
        this.system = system;
        this.goal = goal;
    }

    Optional<Path> best() {
        walk(Naive.initial(system), -1);
        return best;
    }

    private void walk(ImmutableIntList state, int lastActor) {
        if (!met.add(List.of(state, lastActor))) {
            return;
        }
        List<Step> steps = Naive.steps(system, state);
        if (goal.reached(state.toArray(), steps.isEmpty())) {
            Path path = new Path(Naive.initial(system), Lists.immutable.withAll(taken));
            // Walked in the order of successors: a later path has to be cheaper to be better.
            if (best.isEmpty() || cost(path) < cost(best.get())) {
                best = Optional.of(path);
            }
        }
        for (Step step : steps) {
            taken.add(step);
            walk(step.state(), step.actor());
            taken.removeLast();
        }
        met.remove(List.of(state, lastActor));
    }

    private static long cost(Path path) {
        return 1000L * path.switches() + path.steps().size();
    }
}
