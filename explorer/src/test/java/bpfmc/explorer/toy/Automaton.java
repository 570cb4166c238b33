package bpfmc.explorer.toy;

import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import java.util.List;
import java.util.function.Function;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/** A system given by an initial state and a function to the steps of a state: slow, and short to write. */
public record Automaton(ImmutableIntList start, Function<int[], List<Step>> steps) implements TransitionSystem {
    @Override
    public int width() {
        return start.size();
    }

    @Override
    public void initial(int[] state) {
        for (int i = 0; i < state.length; i++) {
            state[i] = start.get(i);
        }
    }

    @Override
    public void successors(int[] state, Successors sink) {
        for (Step step : steps.apply(state.clone())) {
            sink.accept(step.actor(), step.choice(), step.state().toArray());
        }
    }
}
