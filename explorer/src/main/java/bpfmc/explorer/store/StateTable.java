package bpfmc.explorer.store;

/**
 * An exact set of states that numbers them in the order in which they came: 0, 1, 2, ...
 *
 * <p>All states have the same number of components, each an int {@code >= 0}. Adding allocates nothing but, now and then,
 * more room. Not for use by several threads at once.
 */
public final class StateTable {
    private final MemoryMeter meter;
    private final Arena arena;
    private final Index index;
    /** The packed form of the state at hand. */
    private long[] words;

    /** A table that takes as much memory as there is. @param width components of every state, at least 1 */
    public StateTable(int width) {
        this(width, Long.MAX_VALUE);
    }

    /**
     * @param width components of every state, at least 1
     * @param maxBytes most that the table may ever allocate at one time, the peak while it grows included
     */
    public StateTable(int width, long maxBytes) {
        if (width < 1) {
            throw new IllegalArgumentException("a state has at least one component, not " + width);
        }
        meter = new MemoryMeter(maxBytes);
        arena = new Arena(Layout.initial(width), meter);
        index = new Index(meter);
        words = new long[arena.layout().words()];
    }

    /**
     * Adds a state unless it is known.
     *
     * @param state is copied; components {@code >= 0}
     * @return the number of the state if it is new, and {@code -1 - number}, which is negative, if it was known already
     * @throws IllegalArgumentException if a component is negative
     * @throws StateTableFullException if there is no room; the table is as it was, apart from the state not being in it
     */
    public int add(int[] state) {
        while (!arena.layout().pack(state, words)) {
            widen(state);
        }
        index.makeRoom(arena);
        long hash = Hash.of(words, 0, words.length);
        int found = index.find(hash, words, arena);
        if (found >= 0) {
            return -1 - found;
        }
        int number = arena.append(words);
        index.put(~found, hash, number);
        return number;
    }

    /**
     * Writes a state out.
     *
     * @param number of the state, from 0 to {@link #count()} - 1
     * @param state receives the components
     */
    public void get(int number, int[] state) {
        arena.read(number, state);
    }

    /** {@return the number of components of every state} */
    public int width() {
        return arena.layout().width();
    }

    /** {@return the number of states} */
    public int count() {
        return arena.count();
    }

    /** {@return the bytes of everything allocated now, room for states to come included} */
    public long bytesUsed() {
        return meter.used();
    }

    /** {@return the most bytes that were ever allocated at one time, which is while the table grew} */
    public long bytesPeak() {
        return meter.peak();
    }

    /** {@return allocated bytes a state, all overhead included; 0 for the empty table} */
    public double bytesPerState() {
        return count() == 0 ? 0 : (double) bytesUsed() / count();
    }

    private void widen(int[] state) {
        arena.widenFor(state);
        words = new long[arena.layout().words()];
        index.rebuild(arena);
    }
}
