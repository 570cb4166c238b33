package bpfmc.explorer.search;

import bpfmc.explorer.store.StateTable;
import java.util.Optional;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/**
 * Where a search is kept, so that another process can go on with it.
 *
 * <p>The visited states are numbers, and what the numbers mean is known to the system only, which gives them out as it meets new values.
 * So besides the states it is kept which of them, when they were followed, made the system meet something new, or the judge find something:
 * to go on, these few are followed again, in their order, and every value gets the number that it had.
 */
public interface Checkpoint {
    /** Nothing is kept. */
    Checkpoint NONE = new Checkpoint() {
        @Override
        public int width() {
            return 0;
        }

        @Override
        public Optional<Kept> restore(StateTable visited) {
            return Optional.empty();
        }

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void keep(Kept kept, StateTable visited) {}
    };

    /**
     * A search between two states, but for the states themselves.
     *
     * @param expanded how many of the states were followed @param transitions so far @param terminals so far
     * @param depth of the layer at hand @param layerEnd number of the first state behind it
     * @param named as {@link bpfmc.explorer.space.TransitionSystem#named()} says
     * @param again the states to be followed again, by rising number @param nanos spent so far
     */
    record Kept(int expanded, long transitions, long terminals, int depth, int layerEnd, long named, ImmutableIntList again, long nanos) {}

    /** {@return where a variant of the search is kept} @param variant its name, "" for the search itself */
    default Checkpoint of(String variant) {
        return this;
    }

    /** {@return the components of the states that are kept, 0 when none are} */
    int width();

    /** Adds the states that were kept to an empty table. {@return what else was kept; empty when nothing was, for states of this width} */
    Optional<Kept> restore(StateTable visited);

    /** {@return whether it is time to keep the search} */
    boolean due();

    /** Keeps the search. Where that fails, the search goes on, and what was kept before stays. */
    void keep(Kept kept, StateTable visited);
}
