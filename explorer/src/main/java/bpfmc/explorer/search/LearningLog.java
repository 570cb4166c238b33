package bpfmc.explorer.search;

import java.util.function.IntConsumer;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What was learned, in order: the states at which, when they were followed, the system gave numbers to new values
 * ({@link bpfmc.explorer.space.TransitionSystem#named}), or the judge found something new. To follow these few again, in their order, gives every value
 * the number that it had. Threads that help say at which states something is to be learned; a checkpoint keeps the log, and replays it.
 */
final class LearningLog {
    private final boolean kept;
    private final MutableIntList followed = IntLists.mutable.empty();
    /** Of the states that are still to be followed, those that were followed already, but whose successors there was no room for. */
    private final MutableIntSet ahead = IntSets.mutable.empty();

    /** @param kept whether anybody will ask for the log */
    LearningLog(boolean kept) {
        this.kept = kept;
    }

    /** Notes that something was learned at a state that does not count as followed yet. */
    void ahead(int state) {
        ahead.add(state);
    }

    /** Notes that a state was followed. @param learned whether something was learned now */
    void followed(int state, boolean learned) {
        if (kept && (ahead.remove(state) || learned)) {
            followed.add(state);
        }
    }

    /** Notes that all states with lower numbers were followed. */
    void followedTo(int end) {
        if (ahead.notEmpty()) {
            if (kept) {
                followed.addAll(ahead.select(state -> state < end).toSortedList());
            }
            ahead.removeIf(state -> state < end);
        }
    }

    /** Learns once more what an earlier search has learned. @param earlier its log @param follow follows a state again */
    void replay(ImmutableIntList earlier, IntConsumer follow) {
        earlier.forEach(follow::accept);
        followed.addAll(earlier);
    }

    /** {@return the states, by rising number} */
    ImmutableIntList states() {
        return followed.toImmutable().newWithAll(ahead.toSortedList());
    }
}
