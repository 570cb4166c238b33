package bpfmc.explorer.store;

/**
 * Packed states on their way into a table.
 *
 * <p>In a large table nearly all the time of an addition is two cache misses, one in the index and one in the arena,
 * and the second has to wait for the first. For a batch they are taken side by side: first the slots of all states are
 * read, then the records that these slots point to, and no read waits for another, so that a processor has many of them
 * under way at once. Only then are the states added one by one, in order, out of the cache.
 */
final class Batch {
    /** States at a time: far more than the misses a core has under way, few enough for the L1 cache to keep them. */
    static final int SIZE = 64;

    private final int words;
    private final long[] packed;
    private final long[] hashes = new long[SIZE];
    private final int[] entries = new int[SIZE];
    private int count;
    /** Written and never read: keeps the compiler from dropping the reads ahead. */
    private long touched;

    /** An empty batch of states of so many words. */
    Batch(int words) {
        this.words = words;
        packed = new long[SIZE * words];
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == SIZE;
    }

    /** Packs a state as the next one. @return whether it fits the layout; if not, nothing has changed */
    boolean add(int[] state, Layout layout) {
        int from = count * words;
        if (!layout.pack(state, packed, from)) {
            return false;
        }
        hashes[count++] = Hash.of(packed, from, words);
        return true;
    }

    /**
     * Adds the states to index and arena, which has room for them, and leaves the batch empty. If the arena turns out
     * to be full, the states from there on are lost.
     *
     * @return the last state's number, or {@code -1 - number} if that state was known
     */
    int settle(Index index, Arena arena) {
        int all = count;
        count = 0;
        if (all > 1) {
            readAhead(all, index, arena);
        }
        int last = 0;
        for (int i = 0; i < all; i++) {
            last = settle(i, index, arena);
        }
        return last;
    }

    private int settle(int i, Index index, Arena arena) {
        int found = index.find(hashes[i], packed, i * words, arena);
        if (found >= 0) {
            return -1 - found;
        }
        int number = arena.append(packed, i * words);
        index.put(~found, hashes[i], number);
        return number;
    }

    private void readAhead(int all, Index index, Arena arena) {
        for (int i = 0; i < all; i++) {
            entries[i] = index.firstEntry(hashes[i]);
        }
        long sum = 0;
        for (int i = 0; i < all; i++) {
            if (index.isLikely(entries[i], hashes[i])) {
                sum += arena.firstWord(index.number(entries[i]));
            }
        }
        touched = sum;
    }
}
