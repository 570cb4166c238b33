package bpfmc.explorer.search;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/** Visits every reachable state of a system once. */
public final class Search {
    private Search() {}

    /** Lets a judge look at every reachable state, breadth first, and stores all of them. */
    public static <F> Outcome<F> explore(TransitionSystem system, Judge<F> judge, Limits limits, Progress progress) {
        return explore(system, judge, StoragePolicy.States.ALL, limits, progress);
    }

    /**
     * Lets a judge look at every reachable state, breadth first by the states that are stored.
     *
     * @param system is asked for the successors of every stored state exactly once, by the calling thread
     * @return the distinct findings and the counts, and whether that is all; interrupting the thread ends the search
     *     early and leaves the thread interrupted
     */
    public static <F> Outcome<F> explore(
            TransitionSystem system, Judge<F> judge, StoragePolicy.States keep, Limits limits, Progress progress) {
        return explore(SearchTask.of(system, judge), StoragePolicy.ALL.with(keep), limits, new Threads(1), progress);
    }

    /**
     * As above, storing as it is said, and with the help of idle threads if the task allows it. What it comes to does not depend on how many
     * there are.
     */
    public static <F> Outcome<F> explore(SearchTask<F> task, StoragePolicy how, Limits limits, Threads threads, Progress progress) {
        return new Exploration<>(task, how, limits, threads, progress).run();
    }

    /** {@return the terminal states of a system, as findings} */
    public static Outcome<ImmutableIntList> terminals(TransitionSystem system, Limits limits, Progress progress) {
        return explore(system, (state, terminal, findings) -> {
            if (terminal) {
                findings.accept(IntLists.immutable.of(state));
            }
        }, limits, progress);
    }
}
