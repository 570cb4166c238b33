package bpfmc.explorer.store;

/**
 * What one thread writes again and again, with room around it, so that no other thread has something of its own in the same cache line: cores
 * would take the line from each other with every write. These are the first fields of every object; arrays are made longer by {@link #INTS}.
 */
public abstract class CacheLinePadded {
    /** Ints that fill a cache line and its neighbour, which processors fetch with it. */
    public static final int INTS = 32;

    /** Never read. */
    long line0, line1, line2, line3, line4, line5, line6, line7, line8, line9, line10, line11, line12, line13, line14, line15;
}
