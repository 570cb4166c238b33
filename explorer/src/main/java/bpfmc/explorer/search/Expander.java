package bpfmc.explorer.search;

import bpfmc.explorer.space.Draft;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.CacheLinePadded;
import java.util.function.Consumer;

/**
 * Follows states, each to where its ways part, or end, and has all states on the way judged. For one thread; that of one that helps stops where it
 * meets something that has no number yet.
 */
final class Expander<F> extends CacheLinePadded implements Successors {
    /** So many states are run through; then one is stored, so that runs in a circle end. */
    private static final int LONGEST_CHAIN = 1_000;

    /** Is told what comes of following a state. */
    interface Sink<F> {
        /** A state to be followed too, unless it is known. @param reached is copied */
        void add(int[] reached);

        void found(F finding);

        /** {@return a sink that does not listen} */
        static <F> Sink<F> nobody() {
            return new Sink<>() {
                @Override
                public void add(int[] reached) {}

                @Override
                public void found(F finding) {}
            };
        }
    }

    private final TransitionSystem system;
    private final Judge<F> judge;
    private final Draft draft;
    private final boolean chains;
    /** The first successor of the state at hand. */
    private final int[] first;
    private final int width;
    private Sink<F> sink = Sink.nobody();
    private Consumer<F> found = sink::found;
    private int successors;
    private long transitions;
    private long terminals;

    Expander(SearchTask<F> task, StoragePolicy.States keep) {
        this.system = task.system();
        this.judge = task.judge();
        this.draft = task.draft();
        this.chains = keep == StoragePolicy.States.BRANCHING;
        this.width = system.width();
        this.first = new int[width];
    }

    /** Tells somebody from now on. */
    void tell(Sink<F> other) {
        sink = other;
        found = other::found;
    }

    /** Follows a state. @param state is changed @return whether all that it met has a number; otherwise what it has told is to be dropped */
    boolean follow(int[] state) {
        transitions = 0;
        terminals = 0;
        draft.begin();
        int chain = 0;
        while (expand(state) == 1 && chains && chain < LONGEST_CHAIN && !draft.marked()) {
            chain++;
            System.arraycopy(first, 0, state, 0, width);
        }
        if (draft.marked()) {
            return false;
        }
        // A terminal state is always stored, so that it counts once.
        if (successors == 1) {
            sink.add(first);
        } else if (successors == 0 && chain > 0) {
            terminals--;
            sink.add(state);
        }
        return true;
    }

    /** {@return as {@link TransitionSystem#named()}} */
    long named() {
        return system.named();
    }

    /** {@return how many steps the last state was followed by} */
    long transitions() {
        return transitions;
    }

    /** {@return whether the last state was terminal itself, 1 or 0} */
    long terminals() {
        return terminals;
    }

    /** Judges the state at hand, and adds its successors unless it has only one. {@return how many it has} */
    private int expand(int[] state) {
        successors = 0;
        system.successors(state, this);
        transitions += successors;
        terminals += successors == 0 ? 1 : 0;
        if (!draft.marked()) {
            judge.judge(state, successors == 0, found);
        }
        return successors;
    }

    /** One step of the state at hand. */
    @Override
    public void accept(int actor, int choice, int[] successor) {
        successors++;
        if (successors == 1) {
            System.arraycopy(successor, 0, first, 0, width);
        } else {
            if (successors == 2) {
                sink.add(first);
            }
            sink.add(successor);
        }
    }
}
