package bpfmc.explorer.space;

/**
 * A finite system of states and steps: one initial state, and for every state its successors in a defined order.
 *
 * <p>Implementations are <em>pure</em>: the same state has the same successors, in the same order, every time it is
 * asked for. Searches rely on it: paths are kept as positions in the order of the successors and are re-run to be
 * shown. (Tables that give ids to newly met values may grow on the way; an id once given must not change.) The usual
 * way to break the rule is to walk over a hash set whose order is not defined.
 *
 * <p>{@link #successors} is the innermost call of every search. It should not allocate: keep one scratch vector and
 * hand it out again for every successor. One instance is therefore used by one thread at a time.
 */
public interface TransitionSystem {
    /** {@return the number of components of every state of this system} At least 1; never changes. */
    int width();

    /**
     * Writes the initial state.
     *
     * @param state {@link #width()} components, to be filled with numbers {@code >= 0}
     */
    void initial(int[] state);

    /**
     * {@return how many values the system has given numbers to so far} It grows whenever a step has met a value that was not met before,
     * and values that are met in the same order get the same numbers.
     */
    default long named() {
        return 0;
    }

    /**
     * Tells {@code sink} every successor of {@code state}, in an order that depends on nothing but the state. A state
     * for which the sink is not called is <em>terminal</em>. No two successors of one state share both actor and
     * choice.
     *
     * @param state not to be modified, and not to be kept after the call
     * @param sink is told the successors; it copies what it needs
     */
    void successors(int[] state, Successors sink);
}
