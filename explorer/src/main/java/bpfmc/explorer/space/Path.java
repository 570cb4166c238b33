package bpfmc.explorer.space;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/**
 * One run of a system, from its initial state on.
 *
 * @param initial the state the run starts in
 * @param steps the steps in order; empty for the run that has not moved yet
 */
public record Path(ImmutableIntList initial, ImmutableList<Step> steps) {
    /** {@return the state the run ends in} */
    public ImmutableIntList last() {
        return steps.isEmpty() ? initial : steps.getLast().state();
    }

    /** {@return the state before the step with this index, as an array of the caller's own} */
    public int[] before(int index) {
        return (index == 0 ? initial : steps.get(index - 1).state()).toArray();
    }

    /** {@return how often the actor changes between one step and the next; the first step is free} */
    public int switches() {
        int switches = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).actor() != steps.get(i - 1).actor()) {
                switches++;
            }
        }
        return switches;
    }

    /**
     * Runs the path through the system again and checks that it starts where the system starts and that each step is
     * one the system really offers, leading to the very state the path names. No path is shown to a person before this.
     *
     * @throws IllegalStateException if the system does not offer the path: a fault of the system or of the search
     */
    public void replay(TransitionSystem system) {
        int[] state = new int[system.width()];
        system.initial(state);
        require(initial.equals(copy(state)), "the path starts in " + initial + ", the system in " + copy(state));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Replay offers = new Replay(step);
            system.successors(state, offers);
            require(offers.found(), "step " + (i + 1) + " of " + steps.size() + " is not offered in state "
                    + copy(state) + ": looked for " + step + ", the system offers " + offers.told());
            state = step.state().toArray();
        }
    }

    private static ImmutableIntList copy(int[] state) {
        return Step.of(0, 0, state).state();
    }

    private static void require(boolean holds, String symptom) {
        if (!holds) {
            throw new IllegalStateException("the path cannot be replayed: " + symptom + ". Usual cause: the transition"
                    + " system is not pure, so that the same state gave other successors, or the same ones in another"
                    + " order, when it was asked again (a hash set without a defined order, an id that changed its"
                    + " meaning, scratch memory that one call left dirty for the next), or the path is another"
                    + " system's");
        }
    }
}
