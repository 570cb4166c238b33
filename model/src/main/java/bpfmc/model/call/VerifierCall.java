package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;

/** One call on a path of a program that runs alone, as the verifier follows it: every answer unknown. */
public interface VerifierCall {

    /** {@return what is called} */
    Callee callee();

    /** {@return what the program's code refers to} */
    RunConfig config();

    /** {@return what the verifier takes for known} */
    Knowledge knowledge();

    /** {@return the machine; it stands at the call} */
    Machine machine();

    /** {@return what the path has in its keeping} */
    VerifierState state();

    /** Changes what the path has in its keeping. */
    void keep(VerifierState changed);

    /** Notes what has happened here, for the path's history. */
    void happened(PathHistory.Kind kind);

    /** Notes that what the path does next rests on a value. */
    void restsOn(Value value);

    /** {@return the same call on another path, a copy of this one, which is followed as well} */
    VerifierCall fork();

    /** The path comes back to this call, or to the head of a loop that the verifier does not unroll. */
    void comesBack();

    /**
     * A function of the program begins on its own, with nothing held.
     *
     * @param map of the value that it is handed, -1 when that is not known @param sleepable whether it may sleep
     */
    void runsLater(int slot, int map, boolean sleepable);

    // ---- common

    /** {@return the value of the n-th argument, from 1; null when it holds nothing} */
    default Value argument(int n) {
        return machine().registers[n];
    }

    /** Returns from the call. {@return true} */
    default boolean finish(Value result) {
        return Call.finish(machine(), result);
    }

    /** Another path goes on with result 0: nothing was found. */
    default void nothing() {
        VerifierCall none = fork();
        none.happened(PathHistory.Kind.NOT_FOUND);
        none.finish(Value.of(0));
    }

    /** The call finds something, or nothing. {@return true} @param offset that the address has in what is found, in bytes */
    default boolean found(Origin origin, int offset) {
        nothing();
        happened(PathHistory.Kind.FOUND);
        return finish(fresh(origin, offset));
    }

    /** {@return the address of an element met for the first time on this path, some bytes behind its first} */
    default Value fresh(Origin origin, int offset) {
        int slot = config().object().maps().size();
        while (state().origins().containsKey(slot)) {
            slot++;
        }
        keep(state().withOrigin(slot, origin));
        if (origin instanceof Origin.Allocated a && a.owned()) {
            keep(state().acquired(new VerifierState.Reference(slot, machine().pc)));
        }
        return Value.to(new Region.Element(slot, Region.Life.BOUND), offset);
    }

    /** The program no longer has an object, by none of its addresses. */
    default void giveUp(int element) {
        if (state().references().anySatisfy(r -> r.element() == element)) {
            keep(state().released(element));
            VerifierElements.release(machine(), slot -> slot == element);
        }
    }

    /** {@return the address of a kernel object that the function returns} */
    default Value object() {
        return Value.to(new Region.Kernel(callee().name()), 0);
    }

    /** {@return the handle of the map that an argument names} Numbers after the last map stand for inner maps. */
    default Optional<Integer> handle(int n) {
        return argument(n) instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h ? Optional.of(h.map()) : Optional.empty();
    }

    /** {@return the map that an argument names; for an inner map its template} */
    default Optional<MapDefinition> map(int n) {
        return handle(n).flatMap(h -> VerifierElements.map(config(), h));
    }

    /** {@return the slot of the element that an argument points into} */
    default Optional<Integer> element(int n) {
        return argument(n) instanceof Value.Pointer p && p.region() instanceof Region.Element e ? Optional.of(e.slot()) : Optional.empty();
    }

    /** {@return where the element comes from that an argument points into} */
    default Optional<Origin> origin(int n) {
        return element(n).map(e -> VerifierElements.origin(config(), state(), e));
    }

    /** {@return a value of the map behind a handle} */
    default Origin valueOf(int handle) {
        int maps = config().object().maps().size();
        return new Origin.MapValue(handle < maps ? handle : handle - maps, handle >= maps);
    }
}
