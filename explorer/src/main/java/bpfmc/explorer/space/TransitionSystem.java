package bpfmc.explorer.space;

/**
 * A system to explore. A state is a vector of a fixed number of non-negative integers. Pure: the same state gives the
 * same successors in the same order, or counterexamples cannot be replayed.
 */
public interface TransitionSystem {
    /** {@return the number of components of a state} */
    int width();

    /** Writes the initial state. */
    void initial(int[] state);

    /** Offers every successor of the state in a defined order. The state is neither changed nor kept. */
    void successors(int[] state, Successors sink);
}
