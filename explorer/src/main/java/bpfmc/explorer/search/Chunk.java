package bpfmc.explorer.search;

import bpfmc.explorer.store.CacheLinePadded;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.SuccessorBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Some states in a row, and what comes of following them. Most are followed by a thread that helps; those at which it meets something that has no
 * number yet are left to the thread that gives numbers.
 */
final class Chunk<F> extends CacheLinePadded implements Expander.Sink<F> {
    static final int STATES = 1024;

    /** Of states that are understood, so many lie between two questions whether the run is over. */
    private static final int ASKED_EVERY = 16;


    private final SuccessorBuffer reached = new SuccessorBuffer();
    private final BitSet left = new BitSet(STATES);
    private final List<List<F>> found = new ArrayList<>();
    private int from;
    private int count;
    private int at;
    private boolean fits;
    private boolean later;
    private long transitions;
    private long terminals;

    /** @param first number of the first state @param states how many, {@link #STATES} at most */
    void begin(int first, int states) {
        from = first;
        count = states;
        fits = true;
        transitions = 0;
        terminals = 0;
        left.clear();
        found.clear();
    }

    /** Follows the states. For a thread that helps. @param over asked now and then; once it is, the chunk counts as one that does not fit */
    void follow(StateTable visited, Expander<F> helper, int[] state, int[] recent, BooleanSupplier over) {
        reached.open(recent);
        helper.tell(this);
        later = false;
        for (int i = 0; i < count && fits; i++) {
            fits = i % ASKED_EVERY != 0 || !over.getAsBoolean();
            if (!understands(i, visited, helper, state)) {
                left.set(i);
                reached.takeBack();
                forget(i);
            }
        }
    }

    /** A fault, or an input that is refused, is left too: it comes again where the first one in the order of the states is told. */
    private boolean understands(int i, StateTable visited, Expander<F> helper, int[] state) {
        try {
            return follow(i, visited, helper, state);
        } catch (RuntimeException fault) {
            return false;
        }
    }

    /** Follows the states that were left. @param learned is told the states at which there was something new to learn @param over as above */
    void followLeft(StateTable visited, Expander<F> learner, int[] state, IntConsumer learned, BooleanSupplier over) {
        if (left.isEmpty()) {
            return;
        }
        learner.tell(this);
        later = true;
        reached.openBetween();
        for (int i = left.nextSetBit(0); i >= 0 && fits; i = left.nextSetBit(i + 1)) {
            if (over.getAsBoolean()) {
                fits = false;
                break;
            }
            long named = learner.named();
            follow(i, visited, learner, state);
            if (learner.named() != named) {
                learned.accept(from + i);
            }
        }
        reached.arrange();
    }

    private boolean follow(int i, StateTable visited, Expander<F> expander, int[] state) {
        at = i;
        visited.get(from + i, state);
        reached.begin(i);
        boolean known = expander.follow(state);
        if (known) {
            transitions += expander.transitions();
            terminals += expander.terminals();
        }
        return known;
    }

    @Override
    public void add(int[] state) {
        fits &= later ? reached.insert(state) : reached.add(state);
    }

    @Override
    public void found(F finding) {
        while (found.size() <= at) {
            found.add(List.of());
        }
        if (found.get(at).isEmpty()) {
            found.set(at, new ArrayList<>());
        }
        found.get(at).add(finding);
    }

    private void forget(int i) {
        if (i < found.size()) {
            found.set(i, List.of());
        }
    }

    /** {@return how many states are followed} */
    int count() {
        return count;
    }

    /** {@return whether all states reached fit the table as it is} */
    boolean fits() {
        return fits;
    }

    SuccessorBuffer reached() {
        return reached;
    }

    long transitions() {
        return transitions;
    }

    long terminals() {
        return terminals;
    }

    /** Tells the findings by the states at which they were made. */
    void findings(Findings<F> sink) {
        for (int i = 0; i < found.size(); i++) {
            for (F finding : found.get(i)) {
                sink.found(from + i, finding);
            }
        }
    }

    /** Is told what was found where. */
    interface Findings<F> {
        void found(int state, F finding);
    }
}
