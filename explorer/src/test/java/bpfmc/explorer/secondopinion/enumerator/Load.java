package bpfmc.explorer.secondopinion.enumerator;

/**
 * A load from shared memory.
 *
 * @param key of the value that the element was, @param keyed whether it was one
 * @param slot of the instruction
 * @param element whose bytes, {@code offset} and {@code size} say which
 * @param overwritten bytes of the element that another run has stored to since, a bit each from {@code offset}
 * @param replaced likewise of the key's value
 */
record Load(int element, int map, long key, boolean keyed, int cpu, int offset, int size, int slot, long overwritten, long replaced) {

    /** {@return the bytes from {@code from} on, as bits} */
    long bits(int from, int count) {
        long bits = 0;
        for (int i = Math.max(from, offset); i < Math.min(from + count, offset + size); i++) {
            bits |= 1L << i - offset;
        }
        return bits;
    }

    boolean ofValue(int otherMap, long otherKey) {
        return keyed && map == otherMap && key == otherKey;
    }

    Load storedTo(int otherElement, int from, int count) {
        return otherElement != element ? this
                : new Load(element, map, key, keyed, cpu, offset, size, slot, overwritten | bits(from, count), replaced);
    }

    Load valueStoredTo(int otherMap, long otherKey, int from, int count) {
        return !ofValue(otherMap, otherKey) ? this
                : new Load(element, map, key, keyed, cpu, offset, size, slot, overwritten, replaced | bits(from, count));
    }
}
