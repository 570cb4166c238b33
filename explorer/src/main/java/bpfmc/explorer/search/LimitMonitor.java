package bpfmc.explorer.search;

import bpfmc.explorer.store.StateTableFullException;
import java.util.Optional;

/** Watches over the limits that a search looks at between two states. */
final class LimitMonitor {
    /** Expanded states between two looks at the clock. */
    static final int PERIOD = 1 << 8;

    private final Limits limits;
    private final long start = System.nanoTime();

    LimitMonitor(Limits limits) {
        this.limits = limits;
    }

    /** {@return whether it is time to look at the clock and to tell about progress} */
    static boolean isDue(long expanded) {
        return expanded % PERIOD == 0;
    }

    long nanos() {
        return System.nanoTime() - start;
    }

    /** {@return the limit that is overstepped when there are so many states} Costs nothing worth mentioning. */
    Optional<LimitReached> states(long states) {
        return states <= limits.maxStates() ? Optional.empty() : Optional.of(new LimitReached(
                LimitReached.Kind.STATES, "more than " + limits.maxStates() + " states"));
    }

    /** {@return the limit that is overstepped when they take so many bytes} */
    Optional<LimitReached> memory(long bytes) {
        return bytes <= limits.maxMemoryBytes() ? Optional.empty() : Optional.of(new LimitReached(
                LimitReached.Kind.MEMORY, "more than " + limits.maxMemoryBytes() + " bytes"));
    }

    /** {@return the limit that kept the table of visited states from growing} */
    static LimitReached noRoom(StateTableFullException full) {
        LimitReached.Kind kind = switch (full.room()) {
            case MEMORY -> LimitReached.Kind.MEMORY;
            case NUMBERS -> LimitReached.Kind.STATES;
        };
        return new LimitReached(kind, full.getMessage());
    }

    /** {@return the limit that the machine sets} */
    static LimitReached heapFull() {
        return new LimitReached(LimitReached.Kind.MEMORY,
                "the Java heap of " + Runtime.getRuntime().maxMemory() + " bytes is full");
    }

    /** {@return the limit that is overstepped by now: time, or somebody's patience} */
    Optional<LimitReached> clock() {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(new LimitReached(LimitReached.Kind.INTERRUPTED, "interrupted after " + time(nanos())));
        }
        if (nanos() > limits.timeoutNanos()) {
            return Optional.of(new LimitReached(LimitReached.Kind.TIME, "more than " + time(limits.timeoutNanos())));
        }
        return Optional.empty();
    }

    private static String time(long nanos) {
        long millis = nanos / 1_000_000;
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis / 100 % 10 + " s";
    }
}
