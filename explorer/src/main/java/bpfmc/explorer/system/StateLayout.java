package bpfmc.explorer.system;

import bpfmc.model.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which component of a state vector holds what: one for each agent, one for each map whose keys are followed, one for what
 * the lock implementation keeps for the CPUs, and one for each element that was ever changed, in the order in which the search changed it first.
 */
final class StateLayout {
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
    private final int width;
    private final List<Integer> slots = new ArrayList<>();
    private int[] componentOfSlot = new int[0];

    StateLayout(int agents, int maps, int width) {
        this.agents = agents;
        this.maps = maps;
        this.width = width;
    }

    int width() {
        return width;
    }

    int agent(int agent) {
        return agent;
    }

    int bindings(int map) {
        return agents + map;
    }

    int cpuWords() {
        return agents + maps;
    }

    /** {@return the element's component, -1 while it was never changed} */
    int elementIfAny(int slot) {
        return slot < componentOfSlot.length ? componentOfSlot[slot] : NONE;
    }

    /** {@return the element's component} @throws TooNarrow when there is none left */
    int element(int slot) {
        int known = elementIfAny(slot);
        if (known != NONE) {
            return known;
        }
        Reading.mayLearn();
        int component = agents + maps + 1 + slots.size();
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

    /** {@return the elements that have a component} */
    List<Integer> slots() {
        return slots;
    }
}
