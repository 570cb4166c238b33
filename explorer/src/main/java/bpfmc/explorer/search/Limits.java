package bpfmc.explorer.search;

import java.time.Duration;

/**
 * When a search has to give up. A search may overstep the number of states and the time by a few hundred states;
 * the memory of its table is kept to the byte.
 *
 * @param maxStates most states to be visited
 * @param maxMemoryBytes most bytes that the visited states may take, the peak while their table grows included; what
 *     the system itself keeps is not counted
 * @param timeout longest time of one search, by the clock on the wall
 * @param run what ends the whole run that the search is a part of
 */
public record Limits(long maxStates, long maxMemoryBytes, Duration timeout, RunLimit run) {
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    /** No limits: the search ends when it has seen everything, or with the heap. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, FOR_EVER);

    /** Limits of a search that stands alone. */
    public Limits(long maxStates, long maxMemoryBytes, Duration timeout) {
        this(maxStates, maxMemoryBytes, timeout, RunLimit.NONE);
    }

    /** Checks the ranges. @throws IllegalArgumentException if a limit is not positive */
    public Limits {
        if (maxStates < 1 || maxMemoryBytes < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException("limits are positive: states " + maxStates + ", bytes " + maxMemoryBytes
                    + ", timeout " + timeout);
        }
    }

    /** {@return these limits with another limit on states} */
    public Limits withMaxStates(long states) {
        return new Limits(states, maxMemoryBytes, timeout, run);
    }

    /** {@return these limits with another limit on memory, in bytes} */
    public Limits withMaxMemoryBytes(long bytes) {
        return new Limits(maxStates, bytes, timeout, run);
    }

    /** {@return these limits with another limit on time} */
    public Limits withTimeout(Duration time) {
        return new Limits(maxStates, maxMemoryBytes, time, run);
    }

    /** {@return these limits for a search of a run} */
    public Limits within(RunLimit whole) {
        return new Limits(maxStates, maxMemoryBytes, timeout, whole);
    }

    /** {@return these limits with one part in so many of the time that is left for the run} */
    public Limits share(int parts) {
        return within(run.share(parts));
    }

    /** {@return the timeout in nanoseconds; what is longer than 292 years is cut to that} */
    long timeoutNanos() {
        return timeout.compareTo(FOR_EVER) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }
}
