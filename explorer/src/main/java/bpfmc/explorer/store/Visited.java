package bpfmc.explorer.store;

/** The states that a search has met, numbered in the order in which they came, as far as the search needs them. */
public interface Visited {
    /** So many states may be still to be added, at most. */
    int UNSETTLED = Batch.SIZE;

    /**
     * Adds a state, unless it is known, some time before {@link #settle} returns.
     *
     * @param state is copied; components {@code >= 0}
     * @throws StateTableFullException if there is no room; states that were to be added later are lost
     */
    void addLater(int[] state);

    /**
     * Adds all states that were to be added later.
     *
     * @throws StateTableFullException if there is no room; some of these states are lost
     */
    void settle();

    /** Writes a state out; numbers are asked for in rising order. @param state receives the components */
    void get(int number, int[] state);

    /** {@return the number of states, those not counted that are still to be added} */
    int count();

    /** {@return the most bytes that were ever allocated at one time} */
    long bytesPeak();

    /** {@return the probability that a state was taken for another one, so that it was missed; 0 for an exact set} */
    double omission();
}
