package bpfmc.explorer.space;

import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * One step of a path.
 *
 * @param actor who moved @param choice which of its alternatives it took
 * @param state the state after the step
 */
public record Step(int actor, int choice, ImmutableIntList state) {
    /** {@return the step to a copy of {@code state}} */
    public static Step of(int actor, int choice, int... state) {
        return new Step(actor, choice, IntLists.immutable.of(state));
    }
}
