package bpfmc.explorer.space;

/** A state that is looked for. */
@FunctionalInterface
public interface Goal {
    /**
     * {@return whether the state is one of those looked for}
     *
     * @param state not to be modified, and not to be kept after the call
     * @param terminal whether the state has no successor
     */
    boolean reached(int[] state, boolean terminal);
}
