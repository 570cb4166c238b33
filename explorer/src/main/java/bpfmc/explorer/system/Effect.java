package bpfmc.explorer.system;

import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.Outcome;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.MutableLongIntMap;
import org.eclipse.collections.impl.factory.primitive.LongIntMaps;

/**
 * One way in which an agent's step can come out, ready to be applied to a state vector.
 *
 * @param outcome what it does to memory and what the agent learns
 * @param next the agent's node afterwards; of a store that becomes visible the agent that has made it
 * @param components what else changes @param values and to what
 * @param told the nodes of other agents after they have been told of the step, by agent and node before, as far as that is known
 */
public record Effect(Outcome outcome, int next, int[] components, int[] values, MutableLongIntMap told) {
    private static final MutableLongIntMap NOBODY = LongIntMaps.mutable.empty().asUnmodifiable();

    /** Nothing is known of others. */
    static final int UNKNOWN = -1;

    Effect(Outcome outcome, int next, int[] components, int[] values) {
        this(outcome, next, components, values, outcome.notices().isEmpty() ? NOBODY : LongIntMaps.mutable.empty());
    }

    /** {@return the same effect, of which nobody has been told yet} For another thread. */
    Effect toldNobody() {
        return new Effect(outcome, next, components, values);
    }

    /** {@return what the step means to the runs besides the memory it changes} */
    public ImmutableList<Invalidation> notices() {
        return outcome.notices();
    }

    /** {@return the node of another agent that has been told of the step, {@link #UNKNOWN} if it is not known} */
    int told(int agent, int node) {
        return told.getIfAbsent(key(agent, node), UNKNOWN);
    }

    void told(int agent, int node, int after) {
        told.put(key(agent, node), after);
    }

    private static long key(int agent, int node) {
        return (long) agent << Integer.SIZE | node;
    }
}
