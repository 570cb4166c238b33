package bpfmc.explorer.search;

import bpfmc.explorer.store.Parallel;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.SuccessorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Follows many states of a layer at the same time, with what one thread, following them in their order, would have come to:
 *
 * <pre>
 * follow   all threads, chunk by chunk; a state at which there is something new to learn is left
 * learn    one thread follows the states that were left, in their order, so what is new gets the numbers that it would have got
 * add      all threads, see {@link StateTable#addAll}
 * </pre>
 */
final class ParallelExpansion<F> {
    private static final int MOST_CHUNKS = 64;

    private final int width;
    private final Supplier<Expander<F>> hire;
    private final StateTable visited;
    private final List<Expander<F>> helpers = new ArrayList<>();
    private final List<Chunk<F>> chunks = new ArrayList<>();
    private int used;
    /** So many new states one leads to, at most, as far as can be told. */
    private long each = 4;

    private ParallelExpansion(Supplier<Expander<F>> hire, StateTable visited) {
        this.width = visited.width();
        this.hire = hire;
        this.visited = visited;
    }

    /** {@return an expansion by several threads, empty if the task is for one thread only} */
    static <F> Optional<ParallelExpansion<F>> of(SearchTask<F> task, StoragePolicy.States keep, StateTable visited) {
        return task.helpers().map(helper -> new ParallelExpansion<>(() -> new Expander<>(helper.get(), keep), visited));
    }

    /** {@return how many of so many states it would take at a time, 0 for none} @param least when they would be fewer, it takes none */
    int share(int states, int least) {
        long most = Math.min(MOST_CHUNKS * Chunk.STATES, visited.mostAtOnce() / each);
        return most < least || states < least ? 0 : (int) Math.min(states, most);
    }

    /**
     * Follows states, but adds nothing yet.
     *
     * @param learner follows those that are left @param learned is told at which states there was something new to learn
     * @param over asked by all threads now and then; once it is, the rest is left
     * @return how many of the states, from the first on, lead to states only that fit the table as it is
     */
    int follow(int from, int count, Parallel threads, Expander<F> learner, IntConsumer learned, BooleanSupplier over) {
        divide(from, count);
        visited.ready(boxes());
        hire(threads.threads());
        var next = new AtomicInteger();
        threads.run(threads.threads(), helper -> {
            int[] state = new int[width];
            int[] recent = SuccessorBuffer.recent();
            for (int i = next.getAndIncrement(); i < used; i = next.getAndIncrement()) {
                chunks.get(i).follow(visited, helpers.get(helper), state, recent, over);
            }
        });
        int[] state = new int[width];
        int done = 0;
        for (int i = 0; i < used; i++) {
            chunks.get(i).followLeft(visited, learner, state, learned, over);
            if (!chunks.get(i).fits()) {
                used = i;
            } else {
                done += chunks.get(i).count();
            }
        }
        return done;
    }

    /** Adds the states reached. {@return whether it has; otherwise nothing has changed, as there may be too little room} */
    boolean add(Parallel threads) {
        each = 2 + reached() / Math.max(1, used * Chunk.STATES);
        return visited.addAll(boxes(), threads);
    }

    /** {@return how many states were reached, besides those that had been met before} */
    long reached() {
        return chunks().stream().mapToLong(s -> s.reached().count()).sum();
    }

    /** {@return what came of following, in the order of the states} */
    List<Chunk<F>> chunks() {
        return chunks.subList(0, used);
    }

    private List<SuccessorBuffer> boxes() {
        return chunks().stream().map(Chunk::reached).toList();
    }

    private void divide(int from, int count) {
        used = (count + Chunk.STATES - 1) / Chunk.STATES;
        while (chunks.size() < used) {
            chunks.add(new Chunk<>());
        }
        for (int i = 0; i < used; i++) {
            int first = i * Chunk.STATES;
            chunks.get(i).begin(from + first, Math.min(Chunk.STATES, count - first));
        }
    }

    private void hire(int threads) {
        while (helpers.size() < threads) {
            helpers.add(hire.get());
        }
    }
}
