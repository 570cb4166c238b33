package bpfmc.explorer.search;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What ends a whole run, whichever of its searches is under way: one moment for all of them, the memory of the process, and whoever asks it to
 * stop. Every long loop of a run asks the same limit.
 */
public final class RunLimit {
    /** Nothing ends the run. */
    public static final RunLimit NONE = new RunLimit(() -> 0, Long.MAX_VALUE, Duration.ZERO, () -> false, new HeapWatch(Long.MAX_VALUE), () -> { });

    /** Longer times, in nanoseconds, are cut to this one, so that a sum of two times is one. */
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    private final LongSupplier clock;
    private final long end;
    private final Duration timeout;
    private final BooleanSupplier stopped;
    private final HeapWatch heap;
    private final Runnable giveWay;

    private RunLimit(LongSupplier clock, long end, Duration timeout, BooleanSupplier stopped, HeapWatch heap, Runnable giveWay) {
        this.clock = clock;
        this.end = end;
        this.timeout = timeout;
        this.stopped = stopped;
        this.heap = heap;
        this.giveWay = giveWay;
    }

    /**
     * {@return the limit of a run}
     *
     * @param clock in nanoseconds @param begun when the run began, by the clock @param timeout of the whole run @param heapBytes most bytes that objects of the process may take
     * @param stopped whether somebody asks the run to end @param giveWay called by a search that has had its turn
     */
    public static RunLimit from(LongSupplier clock, long begun, Duration timeout, long heapBytes, BooleanSupplier stopped, Runnable giveWay) {
        long most = timeout.compareTo(Duration.ofNanos(FOR_EVER)) >= 0 ? FOR_EVER : timeout.toNanos();
        return new RunLimit(clock, begun + most, timeout, stopped, new HeapWatch(heapBytes), giveWay);
    }

    /** {@return the same limit, but with one part in so many of the time that is left} @param parts at least 1 */
    public RunLimit share(int parts) {
        return this == NONE ? NONE : new RunLimit(clock, end - (left() - left() / parts), timeout, stopped, heap, giveWay);
    }

    /** {@return the same limit, but with this part of the time that is left still left at its end} @param parts one in so many */
    public RunLimit keeping(int parts) {
        return this == NONE ? NONE : new RunLimit(clock, end - left() / parts, timeout, stopped, heap, giveWay);
    }

    /** {@return how long the run may still take, in nanoseconds; 0 when it is over} */
    private long left() {
        return Math.max(0, end - clock.getAsLong());
    }

    /** {@return the limit that is overstepped by now} Memory is looked at by {@link #heap}, as that asks for a search. */
    public Optional<LimitReached> reached() {
        if (stopped.getAsBoolean()) {
            return Optional.of(new LimitReached(LimitReached.Kind.INTERRUPTED, "a signal to stop"));
        }
        return this != NONE && left() == 0 ? Optional.of(new LimitReached(LimitReached.Kind.TIME, "more than " + LimitReached.time(timeout.toNanos())))
                : Optional.empty();
    }

    /** {@return the limit that is overstepped when there is no memory left at all} */
    public LimitReached full() {
        return heap.full();
    }

    /** Lets other searches have a turn. */
    void giveWay() {
        giveWay.run();
    }

    HeapWatch heap() {
        return heap;
    }
}
