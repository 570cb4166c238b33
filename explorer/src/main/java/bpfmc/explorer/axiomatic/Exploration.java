package bpfmc.explorer.axiomatic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All executions of a program that a model allows, each once, or one of each set that differs by the names of threads that do the same. */
public final class Exploration {
    /** Below so many steps nobody is asked to help. */
    private static final int ALONE = 2_000;
    private static final int SHARES = 64;

    private Exploration() {}

    /**
     * How to explore.
     *
     * @param symmetric whether one execution may stand for those where threads that do the same have changed places
     * @param workers threads that explore
     * @param deadline when to give up, as {@link System#nanoTime} tells time
     */
    public record Options(boolean symmetric, int workers, long deadline) {}

    /** Takes executions; when it says no, the exploration ends. One worker uses it at a time. */
    public interface Sink<V> extends Predicate<Execution<V>> {}

    /**
     * Explores, and gives each worker a sink of its own.
     *
     * @throws LimitReached when something is larger than what is followed, or the time is over
     */
    public static <V> Cost explore(Program<V> program, Model model, Options options, Supplier<? extends Sink<V>> sinks) {
        var stop = new AtomicBoolean();
        var values = new PossibleValues<V>(program);
        var first = new Worker<V>(program, model, values, options, stop, sinks.get());
        Node<V> start = Node.first(program, options.symmetric);
        start.traces().forEach(first.counters::cut);
        if (start.traces().stream().allMatch(Trace::possible)) {
            first.stack.push(start);
            first.run(options.workers > 1 ? ALONE : Long.MAX_VALUE);
        }
        if (!first.stack.isEmpty() && !stop.get()) {
            together(program, model, values, options, sinks, stop, first);
        }
        return first.counters.cost();
    }

    private static <V> void together(Program<V> program, Model model, PossibleValues<V> values, Options options, Supplier<? extends Sink<V>> sinks, AtomicBoolean stop, Worker<V> first) {
        var shares = new ConcurrentLinkedQueue<Node<V>>(first.broad());
        List<Worker<V>> workers = new ArrayList<>(List.of(first));
        while (workers.size() < options.workers) {
            workers.add(new Worker<>(program, model, values, options, stop, sinks.get()));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(options.workers)) {
            List<Future<?>> all = new ArrayList<>();
            workers.forEach(w -> all.add(pool.submit(() -> w.run(shares))));
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            stop.set(true);
            Thread.currentThread().interrupt();
            throw new LimitReached("it was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException r -> throw r;
                case Error r -> throw r;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
        workers.stream().skip(1).forEach(w -> first.counters.add(w.counters));
    }

    private static final class Worker<V> {
        private final Counters counters = new Counters();
        private final Deque<Node<V>> stack = new ArrayDeque<>();
        private final Expansion<V> expansion;
        private final Options options;
        private final AtomicBoolean stop;
        private final Sink<V> sink;

        Worker(Program<V> program, Model model, PossibleValues<V> values, Options options, AtomicBoolean stop, Sink<V> sink) {
            this.expansion = new Expansion<>(program, model, values, counters);
            this.options = options;
            this.stop = stop;
            this.sink = sink;
        }

        void run(ConcurrentLinkedQueue<Node<V>> shares) {
            try {
                for (Node<V> share = shares.poll(); share != null && !stop.get(); share = shares.poll()) {
                    stack.push(share);
                    run(Long.MAX_VALUE);
                }
            } catch (RuntimeException | Error e) {
                stop.set(true);
                throw e;
            }
        }

        /** Goes deep first, so that what waits stays small. */
        void run(long steps) {
            for (long i = 0; i < steps && !stack.isEmpty() && !stop.get(); i++) {
                if ((i & 255) == 0 && System.nanoTime() - options.deadline > 0) {
                    throw new LimitReached("the time is over");
                }
                expansion.expand(stack.pop(), stack::push, this::take);
            }
        }

        /** {@return what waits, broadened until there is enough to share} */
        List<Node<V>> broad() {
            while (!stack.isEmpty() && stack.size() < SHARES && !stop.get()) {
                expansion.expand(stack.pollLast(), stack::push, this::take);
            }
            List<Node<V>> all = new ArrayList<>(stack);
            stack.clear();
            return all.reversed();
        }

        private void take(Execution<V> execution) {
            counters.execution();
            if (!sink.test(execution)) {
                stop.set(true);
            }
        }
    }
}
