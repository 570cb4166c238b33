package bpfmc.model.step;

import bpfmc.model.value.Key;

/**
 * A lookup that found nothing: an update of the same key that does not say BPF_NOEXIST overwrites whatever somebody else
 * inserted since. A later lookup of the key settles it, under whatever name: one that has found something is remembered, too, where an
 * older one of another name has not.
 *
 * @param at slot of the lookup's call @param inserted whether another run has inserted the key since @param found whether it has found something
 */
public record MissedLookup(int map, Key key, int at, boolean inserted, boolean found) {}
