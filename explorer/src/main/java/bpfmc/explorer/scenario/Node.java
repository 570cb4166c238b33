package bpfmc.explorer.scenario;

import bpfmc.model.thread.PrivateState;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.thread.VisibleOperation.Access;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What the explorer wants to know of an automaton's node again and again, computed once.
 *
 * @param number in its automaton
 * @param access the memory access the node stands before, null when it is another operation
 * @param ended whether the run is over
 * @param remembersLoads whether a store by another agent may matter to it
 * @param remembers whether any notice may matter to it
 * @param elements the slots of the elements whose addresses it may still use
 */
record Node(int number, PrivateState state, VisibleOperation operation, Access access, boolean ended, boolean remembersLoads,
        boolean remembers, ImmutableIntSet elements) {

    static Node of(ThreadAutomaton automaton, int number) {
        PrivateState state = automaton.state(number);
        VisibleOperation operation = state.operation();
        ImmutableIntSet elements = elements(state);
        boolean loads = state.loads().notEmpty();
        return new Node(number, state, operation, operation instanceof Access a ? a : null, operation instanceof VisibleOperation.End,
                loads, loads || state.misses().notEmpty() || elements.notEmpty(), elements);
    }

    static ImmutableIntSet elements(PrivateState state) {
        var slots = IntSets.mutable.empty();
        state.forEachValue(v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
                slots.add(e.slot());
            }
        });
        return slots.toImmutable();
    }
}
