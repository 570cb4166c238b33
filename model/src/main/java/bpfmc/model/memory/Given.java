package bpfmc.model.memory;

import bpfmc.model.value.Key;

/**
 * A number that memory holds before the first step, or that a key is not in its map.
 *
 * @param map index @param key of known bytes; {@link Key#of(long) 0} for a data section
 * @param offset bytes from the start of the value @param size 1 to 8, 0 where the key is absent @param value cut to the size
 */
public record Given(int map, Key key, int offset, int size, long value) {
    /** {@return that the map has no element with this key} */
    public static Given absent(int map, Key key) {
        return new Given(map, key, 0, 0, 0);
    }

    /** {@return whether it says that the key is not in the map} */
    public boolean isAbsent() {
        return size == 0;
    }
}
