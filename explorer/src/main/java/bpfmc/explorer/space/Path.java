package bpfmc.explorer.space;

import java.util.Arrays;
import org.eclipse.collections.api.list.ImmutableList;

/** A run of a system. @param initial the first state */
public record Path(int[] initial, ImmutableList<Step> steps) {

    /** @param actor who steps @param choice which alternative @param after the state reached */
    public record Step(int actor, int choice, int[] after) {}

    /** {@return the last state} */
    public int[] end() {
        return steps.isEmpty() ? initial : steps.getLast().after();
    }

    /** {@return the state before the step with this index} */
    public int[] before(int step) {
        return step == 0 ? initial : steps.get(step - 1).after();
    }

    /** Takes each step again. @throws IllegalStateException when the system no longer offers it */
    public void replay(TransitionSystem system) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean[] offered = {false};
            system.successors(before(i), (actor, choice, successor) -> offered[0] |= actor == step.actor()
                    && choice == step.choice() && Arrays.equals(successor, step.after()));
            if (!offered[0]) {
                throw new IllegalStateException("step " + i + " of a counterexample cannot be taken again: the system gives "
                        + "different successors for the same state; the usual cause is an iteration without a defined order");
            }
        }
    }
}
