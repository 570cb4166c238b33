package bpfmc.explorer.search;

import bpfmc.explorer.search.Outcome.End;
import bpfmc.explorer.search.Outcome.End.LimitReached;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.factory.Lists;

/**
 * The search loop: breadth first, in the order in which states were found, so that the visited set is its own queue.
 *
 * @param <F> what the judge finds
 */
public final class Search<F> {
    private static final int CHECK_EVERY = 1 << 12;

    private final TransitionSystem system;
    private final Judge<F> judge;
    private final Limits limits;
    private final Progress progress;

    public Search(TransitionSystem system, Judge<F> judge, Limits limits, Progress progress) {
        this.system = system;
        this.judge = judge;
        this.limits = limits;
        this.progress = progress;
    }

    /** {@return what the search of all reachable states found} */
    public Outcome<F> run() {
        long start = System.nanoTime();
        StateTable visited = new StateTable(system.width());
        Set<F> findings = new LinkedHashSet<>();
        int[] state = new int[system.width()];
        long[] transitions = {0};
        long terminals = 0;
        system.initial(state);
        visited.add(state);
        Optional<LimitReached> limit = Optional.empty();
        int next = 0;
        while (next < visited.count() && limit.isEmpty()) {
            visited.get(next++, state);
            long before = transitions[0];
            system.successors(state, (actor, choice, successor) -> {
                transitions[0]++;
                visited.add(successor);
            });
            boolean terminal = transitions[0] == before;
            terminals += terminal ? 1 : 0;
            judge.judge(state, terminal, findings::add);
            if (next % CHECK_EVERY == 0 || visited.count() > limits.maxStates()) {
                progress.at(visited.count(), visited.count() - next, transitions[0], visited.bytes());
                limit = reached(visited, start, next < visited.count());
            }
        }
        return new Outcome<>(visited.count(), transitions[0], terminals, Lists.immutable.withAll(findings),
                limit.<End>map(l -> l).orElseGet(End.Finished::new), visited.bytes(), System.nanoTime() - start);
    }

    /** A limit only counts while something is left to do. */
    private Optional<LimitReached> reached(StateTable visited, long start, boolean open) {
        if (!open) {
            return Optional.empty();
        }
        if (visited.count() > limits.maxStates()) {
            return Optional.of(new LimitReached(LimitReached.Kind.STATES, limits.maxStates() + " states"));
        }
        if (visited.bytes() > limits.maxBytes()) {
            return Optional.of(new LimitReached(LimitReached.Kind.MEMORY, (limits.maxBytes() >> 20) + " MiB"));
        }
        if (System.nanoTime() - start > limits.timeout().toNanos()) {
            return Optional.of(new LimitReached(LimitReached.Kind.TIME, limits.timeout().toSeconds() + " s"));
        }
        return Thread.currentThread().isInterrupted()
                ? Optional.of(new LimitReached(LimitReached.Kind.INTERRUPT, "interrupt")) : Optional.empty();
    }
}
