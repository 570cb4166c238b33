package bpfmc.explorer.search;

import bpfmc.explorer.store.StateTableFullException;
import java.util.Optional;

/** Watches over the limits that a search looks at between two states. */
final class LimitMonitor {
    /** Most expanded states between two looks at the clock. */
    static final int PERIOD = 1 << 8;

    /** Where states take long, the clock is looked at more often: about so often, in nanoseconds. */
    private static final long OFTEN = 2_000_000L;
    private static final long RARELY = 20_000_000L;

    /** A search goes on for so long before others that wait have a turn, in nanoseconds. */
    private static final long TURN = 400_000_000L;

    /** Of the time that is left, one part in so many is kept for telling how what was found comes about. */
    private static final int KEPT_TO_TELL = 4;

    private final Limits limits;
    private final RunLimit toTell;
    private final long start = System.nanoTime();
    private long looked = start;
    private long turn = start;
    private long waited;
    private long next;
    private int period = 1;
    private long collections = HeapWatch.NEVER;

    LimitMonitor(Limits limits) {
        this.limits = limits;
        this.toTell = limits.run().keeping(KEPT_TO_TELL);
    }

    /** {@return whether it is time to look at the clock and to tell about progress} @param expanded states so far */
    boolean isDue(long expanded) {
        if (expanded < next) {
            return false;
        }
        long now = System.nanoTime();
        period = now - looked < OFTEN ? Math.min(PERIOD, 2 * period) : now - looked < RARELY ? period : 1;
        looked = now;
        next = expanded + period;
        return true;
    }

    /** {@return how long the search has been at work} */
    long nanos() {
        return System.nanoTime() - start - waited;
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
    LimitReached heapFull() {
        return limits.run().heap().full();
    }

    /** {@return the limit that is overstepped by now: time, memory, or somebody's patience} @param found whether anything was found that is to be told */
    Optional<LimitReached> clock(boolean found) {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(new LimitReached(LimitReached.Kind.INTERRUPTED, "interrupted after " + LimitReached.time(nanos())));
        }
        if (nanos() > limits.timeoutNanos()) {
            return Optional.of(new LimitReached(LimitReached.Kind.TIME, "more than " + LimitReached.time(limits.timeoutNanos())));
        }
        takeTurns();
        return (found ? toTell : limits.run()).reached().or(this::heap);
    }

    /** {@return whether the run is over} Any thread may ask. @param found as above */
    boolean isOver(boolean found) {
        return (found ? toTell : limits.run()).reached().isPresent();
    }

    private void takeTurns() {
        long now = System.nanoTime();
        if (now - turn > TURN) {
            limits.run().giveWay();
            turn = System.nanoTime();
            waited += turn - now;
        }
    }

    private Optional<LimitReached> heap() {
        HeapWatch heap = limits.run().heap();
        if (!heap.isNear()) {
            return Optional.empty();
        }
        if (collections == HeapWatch.NEVER) {
            collections = heap.collections();
        }
        return heap.reached(collections);
    }
}
