package bpfmc.explorer.system;

import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.program.Async;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** What the explorer wants to know of an automaton's node again and again, computed once. */
public final class Node {
    private final int number;
    private final PrivateState state;
    private final boolean ended;
    private final boolean remembersLoads;
    private final boolean remembers;
    private final boolean holdsClock;
    private final int bucket;
    private final HeldLock turn;
    private final ImmutableIntSet elements;

    private Node(int number, PrivateState state) {
        this.number = number;
        this.state = state;
        this.ended = state.operation() instanceof VisibleOperation.End;
        this.elements = elements(state);
        this.remembersLoads = state.loads().notEmpty();
        this.holdsClock = holdsClock(state);
        this.bucket = elementOf(state.held().detect(HeldLock::ofBucket));
        this.turn = state.held().detect(HeldLock::isTurn);
        this.remembers = remembersLoads || state.misses().notEmpty() || elements.notEmpty() || state.held().notEmpty() || holdsClock;
    }

    static Node of(ThreadAutomaton automaton, int number) {
        return new Node(number, automaton.state(number));
    }

    /** {@return its number in its automaton} */
    int number() {
        return number;
    }

    public PrivateState state() {
        return state;
    }

    public VisibleOperation operation() {
        return state.operation();
    }

    /** {@return whether the run is over} */
    public boolean ended() {
        return ended;
    }

    /** {@return whether a store by another agent may matter to it} */
    boolean remembersLoads() {
        return remembersLoads;
    }

    /** {@return whether any notice may matter to it} */
    boolean remembers() {
        return remembers;
    }

    /** {@return whether it keeps a sample of a clock that it has read itself} */
    public boolean holdsClock() {
        return holdsClock;
    }

    /** {@return the slots of the elements whose addresses it may still use} */
    public ImmutableIntSet elements() {
        return elements;
    }

    /** {@return the slot of the element whose bucket it has locked, -1 when there is none} */
    int bucket() {
        return bucket;
    }

    /** {@return whether it runs the callback of the element's timer, or work item} */
    boolean runs(Async async, int slot) {
        return turn != null && turn.element() == slot && turn.isTurn(async);
    }

    private static int elementOf(HeldLock held) {
        return held == null ? -1 : held.element();
    }

    private static boolean holdsClock(PrivateState state) {
        boolean[] found = {false};
        MachineValues.forEachValue(state, v -> {
            if (v instanceof Value.Scalar s) {
                Terms.forEachSymbol(s.term(), x -> found[0] |= x.owner() == Symbol.OWN && x.kind().isClock());
            }
        });
        return found[0];
    }

    static ImmutableIntSet elements(PrivateState state) {
        var slots = IntSets.mutable.empty();
        MachineValues.forEachValue(state, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
                slots.add(e.slot());
            }
        });
        return slots.toImmutable();
    }
}
