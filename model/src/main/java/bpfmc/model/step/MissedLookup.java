package bpfmc.model.step;

import bpfmc.model.value.Key;

/**
 * A lookup that found nothing: an update of the same key that does not say BPF_NOEXIST overwrites whatever somebody else
 * inserted since.
 *
 * @param at slot of the lookup's call @param inserted whether another run has inserted the key since
 */
public record MissedLookup(int map, Key key, int at, boolean inserted) {}
