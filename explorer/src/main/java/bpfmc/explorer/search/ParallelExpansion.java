package bpfmc.explorer.search;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.Parallel;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.SuccessorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Follows many states of a layer at the same time, with what one thread, following them in their order, would have come to:
 *
 * <pre>
 * follow   all threads, reading, slice by slice; a state at which there is something new to learn is left
 * learn    one thread follows the states that were left, in their order, so what is new gets the numbers that it would have got
 * add      all threads, see {@link StateTable#addAll}
 * </pre>
 */
final class ParallelExpansion<F> {
    private static final int MOST_SLICES = 64;
    private final TransitionSystem system;
    private final Supplier<Optional<Expander<F>>> hire;
    private final StateTable visited;
    private final List<Expander<F>> readers = new ArrayList<>();
    private final List<Chunk<F>> slices = new ArrayList<>();
    private int used;
    /** So many new states one leads to, at most, as far as can be told. */
    private long each = 4;

    private ParallelExpansion(TransitionSystem system, Supplier<Optional<Expander<F>>> hire, StateTable visited) {
        this.system = system;
        this.hire = hire;
        this.visited = visited;
    }

    /** {@return a crew, empty if the system or the judge cannot be asked by several threads} */
    static <F> Optional<ParallelExpansion<F>> of(TransitionSystem system, Judge<F> judge, StoragePolicy.States keep, StateTable visited) {
        Supplier<Optional<Expander<F>>> hire = () -> system.reader().flatMap(s -> judge.reader().map(j -> new Expander<>(s, j, keep)));
        return hire.get().map(first -> {
            var crew = new ParallelExpansion<>(system, hire, visited);
            crew.readers.add(first);
            return crew;
        });
    }

    /** {@return how many of so many states it would take at a time, 0 for none} @param least when they would be fewer, it takes none */
    int share(int states, int least) {
        long most = Math.min(MOST_SLICES * Chunk.STATES, visited.mostAtOnce() / each);
        return most < least || states < least ? 0 : (int) Math.min(states, most);
    }

    /**
     * Follows states, but adds nothing yet.
     *
     * @param learner follows those that are left @param learned is told at which states there was something new to learn
     * @return how many of the states, from the first on, lead to states only that fit the table as it is
     */
    int follow(int from, int count, Parallel threads, Expander<F> learner, IntConsumer learned) {
        divide(from, count);
        visited.ready(boxes());
        hire(threads.threads());
        var next = new AtomicInteger();
        threads.run(threads.threads(), reader -> system.reading(() -> {
            int[] state = new int[system.width()];
            int[] recent = SuccessorBuffer.recent();
            for (int i = next.getAndIncrement(); i < used; i = next.getAndIncrement()) {
                slices.get(i).follow(visited, readers.get(reader), state, recent);
            }
        }));
        int[] state = new int[system.width()];
        int done = 0;
        for (int i = 0; i < used; i++) {
            slices.get(i).followLeft(visited, learner, state, learned);
            if (!slices.get(i).fits()) {
                used = i;
            } else {
                done += slices.get(i).count();
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
        return slices().stream().mapToLong(s -> s.reached().count()).sum();
    }

    /** {@return what came of following, in the order of the states} */
    List<Chunk<F>> slices() {
        return slices.subList(0, used);
    }

    private List<SuccessorBuffer> boxes() {
        return slices().stream().map(Chunk::reached).toList();
    }

    private void divide(int from, int count) {
        used = (count + Chunk.STATES - 1) / Chunk.STATES;
        while (slices.size() < used) {
            slices.add(new Chunk<>());
        }
        for (int i = 0; i < used; i++) {
            int first = i * Chunk.STATES;
            slices.get(i).begin(from + first, Math.min(Chunk.STATES, count - first));
        }
    }

    private void hire(int threads) {
        while (readers.size() < threads) {
            readers.add(hire.get().orElseThrow());
        }
    }
}
