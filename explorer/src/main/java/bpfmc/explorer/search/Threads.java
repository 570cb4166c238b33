package bpfmc.explorer.search;

import bpfmc.explorer.store.Parallel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The threads that searches share. Each search has one; those that are idle go for a short while to whoever asks for them. Where there are more
 * searches than threads, they take turns, so that a long one does not keep the others from their verdicts. How many there are, and who gets
 * them, changes nothing but the time that searches take.
 */
public final class Threads implements AutoCloseable {
    /** Waking a thread costs as much as following some hundred states. */
    private static final int WORTH_WHILE = 2_048;

    private final int count;
    private final int least;
    private final Semaphore idle;
    private final ExecutorService helpers = Executors.newCachedThreadPool(Threads::daemon);

    /** @param count how many work at the same time, at least 1 */
    public Threads(int count) {
        this(count, WORTH_WHILE);
    }

    /** As above. @param least for fewer states nobody is asked to help */
    public Threads(int count, int least) {
        this.count = count;
        this.least = least;
        this.idle = new Semaphore(count, true);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "helper");
        thread.setDaemon(true);
        return thread;
    }

    /** {@return how many there are} */
    public int count() {
        return count;
    }

    /** {@return for how many states at least help is asked for} */
    int least() {
        return least;
    }

    /** {@return what a search comes to, for which the calling thread counts as one of these} */
    public <R> R searching(Supplier<R> search) {
        idle.acquireUninterruptibly();
        try {
            return search.get();
        } finally {
            idle.release();
        }
    }

    /** Lets searches that wait have a turn before the calling one, which is {@link #searching}, goes on. */
    public void giveWay() {
        if (idle.hasQueuedThreads()) {
            idle.release();
            idle.acquireUninterruptibly();
        }
    }

    /** {@return what a search comes to that nobody helps with, and beside which there is no other} */
    public <R> R alone(Supplier<R> search) {
        idle.acquireUninterruptibly(count);
        try {
            return search.get();
        } finally {
            idle.release(count);
        }
    }

    /** Lets a search, which has one of these, use those that are idle. {@return whether there were any; otherwise nothing has happened} */
    boolean together(Consumer<Parallel> work) {
        int borrowed = 0;
        while (borrowed < count - 1 && !idle.hasQueuedThreads() && idle.tryAcquire()) {
            borrowed++;
        }
        if (borrowed > 0) {
            try {
                work.accept(new Team(borrowed, helpers));
            } finally {
                idle.release(borrowed);
            }
        }
        return borrowed > 0;
    }

    /** {@return the calling thread, and those that are idle when there is something to do} */
    Parallel asIdle() {
        return new Parallel() {
            @Override
            public int threads() {
                return count;
            }

            @Override
            public void run(int tasks, IntConsumer task) {
                if (!together(team -> team.run(tasks, task))) {
                    NOT.run(tasks, task);
                }
            }
        };
    }

    /** The thread that asks, and helpers. */
    private record Team(int others, ExecutorService helpers) implements Parallel {
        @Override
        public int threads() {
            return others + 1;
        }

        @Override
        public void run(int tasks, IntConsumer task) {
            var next = new AtomicInteger();
            Runnable share = () -> {
                for (int n = next.getAndIncrement(); n < tasks; n = next.getAndIncrement()) {
                    task.accept(n);
                }
            };
            var helping = new CompletableFuture<?>[Math.max(0, Math.min(others, tasks - 1))];
            Arrays.setAll(helping, i -> CompletableFuture.runAsync(share, helpers));
            try {
                share.run();
            } finally {
                join(helping);
            }
        }

        /** Not to be interrupted: nobody goes on while others are still at work. */
        private static void join(CompletableFuture<?>... helping) {
            try {
                CompletableFuture.allOf(helping).join();
            } catch (CompletionException e) {
                switch (e.getCause()) {
                    case RuntimeException fault -> throw fault;
                    case Error fault -> throw fault;
                    default -> throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        helpers.shutdownNow();
    }
}
