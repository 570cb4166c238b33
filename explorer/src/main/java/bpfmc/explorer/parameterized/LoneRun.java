package bpfmc.explorer.parameterized;

import bpfmc.explorer.system.Snapshot;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.MemoryModel;

/** One run, agent 0, as properties look at a state: nobody else is there, and nothing is known of memory. */
interface LoneRun extends Snapshot {
    @Override
    default int agents() {
        return 1;
    }

    @Override
    default boolean active(int agent) {
        return true;
    }

    @Override
    default int own(int agent, int bound) {
        return bound;
    }

    @Override
    default int above(int agent) {
        return -1;
    }

    @Override
    default Element element(int slot) {
        return Element.UNTOUCHED;
    }

    @Override
    default Element seen(int agent, int slot) {
        return element(slot);
    }

    @Override
    default MemoryModel memory() {
        throw new IllegalStateException("there is no memory here");
    }
}
