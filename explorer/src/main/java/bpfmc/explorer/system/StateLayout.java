package bpfmc.explorer.system;

import bpfmc.model.Provisional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which component of a state vector holds what: one for each agent, one for each map whose keys are followed, one for what
 * the lock implementation keeps for the CPUs, one for each store buffer, and one for each element that was ever changed, in the order in which the search changed it first.
 */
public final class StateLayout {
    /** Thrown when a run touches more elements than the vector has room for; the answer is a wider one. */
    static final class TooNarrow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooNarrow() {
            super("more elements than the state vector has room for", null, false, false);
        }
    }

    private static final int NONE = -1;

    private final int agents;
    private final int maps;
    private final int buffers;
    private final int width;
    private final List<Integer> slots = new ArrayList<>();
    private final List<Integer> readOnly;
    private int[] componentOfSlot = new int[0];
    /** What this is a draft of; null if it is none. */
    private final StateLayout original;
    /** Of a draft, whom to tell of elements without a component; null otherwise. */
    private final Provisional provisional;

    StateLayout(int agents, int maps, int buffers, int width) {
        this(agents, maps, buffers, width, null, null);
    }

    private StateLayout(int agents, int maps, int buffers, int width, StateLayout original, Provisional provisional) {
        this.agents = agents;
        this.maps = maps;
        this.buffers = buffers;
        this.width = width;
        this.original = original;
        this.readOnly = original == null ? Collections.unmodifiableList(slots) : original.readOnly;
        this.provisional = provisional;
    }

    /** {@return the layout for a thread that helps} It gives no element a component: it says so instead, and tells any component. */
    StateLayout draft(Provisional given) {
        return new StateLayout(agents, maps, buffers, width, this, given);
    }

    int width() {
        return width;
    }

    /** {@return the map's component} */
    public int bindings(int map) {
        return agents + map;
    }

    int cpuWords() {
        return agents + maps;
    }

    /** {@return how many store buffers there are, one for each CPU or none} */
    public int buffers() {
        return buffers;
    }

    /** {@return the component of a CPU's store buffer} */
    public int buffer(int cpu) {
        return agents + maps + 1 + cpu;
    }

    /** {@return the element's component, -1 while it was never changed} */
    public int elementIfAny(int slot) {
        int[] known = original == null ? componentOfSlot : original.componentOfSlot;
        return slot < known.length ? known[slot] : NONE;
    }

    /** {@return the element's component} @throws TooNarrow when there is none left */
    public int element(int slot) {
        int known = elementIfAny(slot);
        return known != NONE ? known : give(slot);
    }

    private int give(int slot) {
        if (original != null) {
            provisional.mark();
            return width - 1;
        }
        int component = agents + maps + 1 + buffers + slots.size();
        if (component >= width) {
            throw new TooNarrow();
        }
        int length = componentOfSlot.length;
        if (slot >= length) {
            componentOfSlot = Arrays.copyOf(componentOfSlot, Math.max(slot + 1, 2 * length));
            Arrays.fill(componentOfSlot, length, componentOfSlot.length, NONE);
        }
        componentOfSlot[slot] = component;
        slots.add(slot);
        return component;
    }

    /** {@return the elements that have a component, in the order of these} */
    public List<Integer> slots() {
        return readOnly;
    }
}
