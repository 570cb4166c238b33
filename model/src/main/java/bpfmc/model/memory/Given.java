package bpfmc.model.memory;

import bpfmc.model.value.Key;

/**
 * A number that memory holds before the first step.
 *
 * @param map index @param key of known bytes; {@link Key#of(long) 0} for a data section
 * @param offset bytes from the start of the value @param size 1 to 8 @param value cut to the size
 */
public record Given(int map, Key key, int offset, int size, long value) {}
