package bpfmc.explorer.space;

import java.util.function.IntConsumer;

/** Several states that are looked for, by numbers from 0. One state may be several of them. */
@FunctionalInterface
public interface ManyGoals {
    /**
     * Tells which of the goals the state is.
     *
     * @param state not to be modified, and not to be kept after the call
     * @param terminal whether the state has no successor
     * @param reached is told each of them, any of them more than once perhaps
     */
    void reached(int[] state, boolean terminal, IntConsumer reached);
}
