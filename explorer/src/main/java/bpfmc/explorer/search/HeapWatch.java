package bpfmc.explorer.search;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees the memory of the process fill up before there is none left. What counts is what survives a collection; that is looked at only where
 * objects and garbage together come near the limit. Several searches share a watch.
 */
final class HeapWatch {
    /** More than so many eighths of the limit must not survive: near its end a heap is collected all the time, and nothing gets on. */
    private static final int EIGHTHS = 7;

    /** Between two collections that are asked for lies at least so much time, in nanoseconds, and so many times what the last one took. */
    private static final long LEAST_BETWEEN = 200_000_000L;
    private static final int TIMES_BETWEEN = 8;

    /** What a search has not looked at. */
    static final long NEVER = -1;

    private final long most;
    private final String figure;
    private long collected = System.nanoTime() - LEAST_BETWEEN;
    /** Collections that there had been when a search was last ended: what it leaves behind has yet to be collected. */
    private long ended = NEVER;
    private long between = LEAST_BETWEEN;

    /** @param bytes the limit; what the heap can hold at most is one too */
    HeapWatch(long bytes) {
        long limit = Math.min(bytes, Runtime.getRuntime().maxMemory());
        most = limit / 8 * EIGHTHS;
        figure = bytes <= limit ? "more than " + (limit >> 20) + " MiB of memory" : "the Java heap of " + (limit >> 20) + " MiB is full";
    }

    /** {@return the limit, as it is told when there is no memory left} */
    LimitReached full() {
        return new LimitReached(LimitReached.Kind.MEMORY, figure);
    }

    /** {@return whether objects and garbage together come near the limit} Costs next to nothing. */
    boolean isNear() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() > most;
    }

    /** {@return how many collections of the whole heap there have been} */
    long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(HeapWatch::collectsAll)
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    /**
     * {@return the limit if it is overstepped by what has survived}
     *
     * @param since collections that there had been when the search that asks came near the limit: what survived one of those may be garbage by now
     */
    synchronized Optional<LimitReached> reached(long since) {
        if (collections() <= Math.max(since, ended) && !collect() || survived() <= most) {
            return Optional.empty();
        }
        ended = collections();
        return Optional.of(full());
    }

    /** {@return whether the heap was collected, which is not done again and again} */
    private boolean collect() {
        long begun = System.nanoTime();
        if (begun - collected < between) {
            return false;
        }
        System.gc();
        collected = System.nanoTime();
        between = Math.max(LEAST_BETWEEN, TIMES_BETWEEN * (collected - begun));
        return true;
    }

    private static boolean collectsAll(GarbageCollectorMXBean collector) {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(HeapWatch::isOfHeap)
                .allMatch(pool -> Arrays.asList(collector.getMemoryPoolNames()).contains(pool.getName()));
    }

    private static boolean isOfHeap(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP;
    }

    private static long survived() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(HeapWatch::isOfHeap).map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull).mapToLong(MemoryUsage::getUsed).sum();
    }
}
