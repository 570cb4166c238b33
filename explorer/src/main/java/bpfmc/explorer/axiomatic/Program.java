package bpfmc.explorer.axiomatic;

import java.util.List;

/**
 * Threads over cells of memory, as functions from answers to events: all that the exploration knows of a program. With equal answers a trace
 * is equal; with more answers it is the same trace with more of it known.
 *
 * @param <V> values
 */
public interface Program<V> {
    /** {@return how many threads there are} */
    int threads();

    /** {@return what a cell holds at first} */
    V initial(int cell);

    /**
     * {@return how far a thread comes}
     *
     * @throws LimitReached when the run is longer than what is followed
     */
    Trace<V> trace(int thread, Answers<V> answers);

    /** {@return whether a value that may not be known yet can turn out to be another one} */
    boolean mayBe(V value, V wanted);

    /** {@return sets of threads that do the same: to exchange two of a set changes nothing but their names. Each has two or more} */
    List<List<Integer>> alike();
}
