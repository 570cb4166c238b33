package bpfmc.explorer.space;

/** Several states that are looked for, by numbers from 0. */
@FunctionalInterface
public interface ManyGoals {
    /** What a state is that nobody looks for. */
    int NONE = -1;

    /**
     * {@return which of the goals the state is, {@link #NONE} if it is none}
     *
     * @param state not to be modified, and not to be kept after the call
     * @param terminal whether the state has no successor
     */
    int which(int[] state, boolean terminal);
}
