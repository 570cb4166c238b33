package bpfmc.model.memory;

import bpfmc.model.value.Key;
import bpfmc.model.value.Term;

/** What a CPU has stored and others do not see yet. */
public sealed interface BufferedStore {
    /** {@return the agent that has stored it} */
    int agent();

    /** A number in up to eight bytes of an element. @param value as all name it @param copied whether a helper has copied it there */
    record Bytes(int agent, int slot, int offset, int size, Term value, boolean copied) implements BufferedStore {
        boolean overlaps(int element, int from, int bytes) {
            return slot == element && offset < from + bytes && from < offset + size;
        }
    }

    /** That the lock at this offset of the element is free. */
    record Unlock(int agent, int slot, int offset) implements BufferedStore {}

    /**
     * What a helper has stored under a lock of its own, of which only the end is here: everybody sees it already, although a CPU could see it as late as now.
     * {@code MemoryModel.readsEarly} tells where that matters.
     *
     * @param map whose keys it was about @param key the one, as all name it
     */
    record Behind(int agent, int map, Key key) implements BufferedStore {}
}
