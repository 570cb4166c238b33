package bpfmc.explorer.system;

import bpfmc.model.value.Renaming;
import java.util.function.Consumer;

/** The names by which shared memory and private states speak of things that may change places: CPUs, or elements of a map. */
interface Names {
    /** 2^64 divided by the golden ratio. */
    long MIX = 0x9E3779B97F4A7C15L;

    /** {@return the things that a value names, ascending} @param rename renames the value, which asks for each name in it */
    int[] named(Consumer<Renaming> rename);

    /** {@return names that tell the one thing from all others, and of these only kinds} */
    Renaming seenFrom(int one);

    /** {@return the names after the things have changed places} @param places the new number of each */
    Renaming moved(int[] places);

    /** {@return a number much the same for nothing else; sums of them tell sets apart} @param where of a view @param role of who looks there */
    static long part(int where, int view, int role) {
        long mixed = ((long) where << Integer.SIZE | view & 0xFFFFFFFFL) * 8 + role;
        mixed = (mixed ^ mixed >>> 32) * MIX;
        return (mixed ^ mixed >>> 29) * MIX;
    }
}
