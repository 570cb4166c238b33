package bpfmc.explorer.parameterized;

import bpfmc.model.value.Key;
import java.util.Optional;

/** What one fixpoint is about: the faults that concern these bytes and locks are judged in it, and no others. */
sealed interface Item {
    /** No memory at all: what a run does wrong by itself, and whether it can be followed. */
    record Nothing() implements Item {}

    /**
     * An element that is always there. @param map index @param index of a small array, 0 of a data section @param slot
     * its name
     */
    record Fixed(int map, long index, int slot) implements Item {}

    /**
     * The element of a key, whichever it is.
     *
     * @param map index @param words of 8 bytes that the key has @param constant the key, where it is one that a
     *     program names; otherwise it is none of those
     */
    record Keyed(int map, int words, Optional<Key> constant) implements Item {}
}
