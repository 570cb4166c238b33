package bpfmc.model.step;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What a visible operation gives back to the agent that performed it; unknowns are named relative to that agent. */
public sealed interface Answer {
    Answer NONE = new None();

    /** Nothing but that it happened. */
    record None() implements Answer {}

    /**
     * A number or an element's address.
     *
     * @param learned what the answer tells of the agent's unknowns: that a compare-and-exchange succeeded tells that what it
     *     compared was equal, the element found at an index tells the index
     */
    record Of(Value value, ImmutableList<Literal> learned) implements Answer {
        public Of(Value value) {
            this(value, Lists.immutable.empty());
        }
    }

    /** An update's 0: the value has been put into this element. @param element its slot, of a per-CPU map the one of the agent's CPU */
    record Bound(int element) implements Answer {}

    /** Bytes, from offset 0. */
    record Bytes(Cells contents) implements Answer {}

    /** Nothing yet: the operation is one of several steps. @param next what the agent stands before now */
    record Underway(VisibleOperation next) implements Answer {}
}
