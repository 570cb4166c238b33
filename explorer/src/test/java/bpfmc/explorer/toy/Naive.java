package bpfmc.explorer.toy;

import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.TransitionSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/** A search of lists and hash maps, to compare the real one with. */
public final class Naive {
    private Naive() {}

    /** {@return the state that a system starts in} */
    public static ImmutableIntList initial(TransitionSystem system) {
        int[] state = new int[system.width()];
        system.initial(state);
        return Step.of(0, 0, state).state();
    }

    /** {@return the steps that lead on from a state, in the system's order} */
    public static List<Step> steps(TransitionSystem system, ImmutableIntList state) {
        List<Step> steps = new ArrayList<>();
        system.successors(state.toArray(), (actor, choice, next) -> steps.add(Step.of(actor, choice, next)));
        return steps;
    }

    /** Every reachable state with its steps, breadth first, and the layers it took. */
    public record Graph(Map<ImmutableIntList, List<Step>> states, int depth) {
        public long transitions() {
            return states.values().stream().mapToLong(List::size).sum();
        }

        public Set<ImmutableIntList> terminals() {
            return states.entrySet().stream().filter(entry -> entry.getValue().isEmpty()).map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    /** {@return all of a system} */
    public static Graph explore(TransitionSystem system) {
        Map<ImmutableIntList, List<Step>> states = new LinkedHashMap<>();
        List<ImmutableIntList> layer = List.of(initial(system));
        int depth = -1;
        while (!layer.isEmpty()) {
            depth++;
            List<ImmutableIntList> next = new ArrayList<>();
            for (ImmutableIntList state : layer) {
                if (!states.containsKey(state)) {
                    List<Step> steps = steps(system, state);
                    states.put(state, steps);
                    steps.forEach(step -> next.add(step.state()));
                }
            }
            next.removeIf(states::containsKey);
            layer = next;
        }
        return new Graph(states, depth);
    }
}
