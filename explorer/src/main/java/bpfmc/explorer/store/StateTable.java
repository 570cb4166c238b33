package bpfmc.explorer.store;

import java.util.Arrays;

/**
 * The visited set: exact, append-only, states numbered in the order they were added.
 *
 * <p>States are packed: each component takes as many bits as its largest value so far needs, a state the sum of them,
 * rounded up to whole words. When a value needs more bits than its component has, all states are packed anew; components
 * are numbers of interned parts that grow slowly, so this happens a few times for each component in a whole search. The
 * packed states lie one after the other in chunks; an open-addressed table of their numbers finds them.
 */
public final class StateTable {
    /** What {@link #add} returns for a state that is already there. */
    public static final long KNOWN = -1;

    private static final int CHUNK_STATES = 1 << 14;
    private static final int EMPTY = 0;

    private Packing packing;
    private long[][] chunks = new long[4][];
    private int[] table = new int[1 << 12];
    private long[] scratch;
    private int count;

    /** @param width components of a state */
    public StateTable(int width) {
        this.packing = Packing.narrowest(width);
        this.scratch = new long[packing.words()];
    }

    /** {@return the number of states} */
    public int count() {
        return count;
    }

    /** {@return the number of the state if it was added now, {@link #KNOWN} if it was there before} */
    public long add(int[] state) {
        if (!packing.fits(state)) {
            repack(packing.widenedFor(state));
        }
        packing.pack(state, scratch, 0);
        int mask = table.length - 1;
        int at = slot(scratch, 0, mask);
        for (int entry = table[at]; entry != EMPTY; entry = table[at]) {
            if (same(entry - 1)) {
                return KNOWN;
            }
            at = at + 1 & mask;
        }
        if (count == Integer.MAX_VALUE - 1) {
            throw new IllegalStateException("more than 2^31 states");
        }
        append();
        table[at] = count;
        if (count > table.length / 4 * 3) {
            grow();
        }
        return count - 1;
    }

    /** Writes the state with this number. */
    public void get(int number, int[] state) {
        packing.unpack(chunks[number / CHUNK_STATES], number % CHUNK_STATES * packing.words(), state);
    }

    /** {@return bytes of all arrays} */
    public long bytes() {
        long bytes = 4L * table.length;
        for (long[] chunk : chunks) {
            bytes += chunk == null ? 0 : 8L * chunk.length;
        }
        return bytes;
    }

    private void append() {
        int chunk = count / CHUNK_STATES;
        int words = packing.words();
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunk);
        }
        if (chunks[chunk] == null) {
            chunks[chunk] = new long[CHUNK_STATES * words];
        }
        System.arraycopy(scratch, 0, chunks[chunk], count % CHUNK_STATES * words, words);
        count++;
    }

    private boolean same(int number) {
        long[] chunk = chunks[number / CHUNK_STATES];
        int words = scratch.length;
        int from = number % CHUNK_STATES * words;
        for (int i = 0; i < words; i++) {
            if (chunk[from + i] != scratch[i]) {
                return false;
            }
        }
        return true;
    }

    private int slot(long[] words, int from, int mask) {
        long hash = 0;
        for (int i = 0; i < scratch.length; i++) {
            hash = (hash ^ words[from + i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash * 0xD6E8FEB86659FD93L >>> 32) & mask;
    }

    private void grow() {
        table = new int[2 * table.length];
        fillTable();
    }

    private void fillTable() {
        int mask = table.length - 1;
        int words = packing.words();
        for (int number = 0; number < count; number++) {
            int at = slot(chunks[number / CHUNK_STATES], number % CHUNK_STATES * words, mask);
            while (table[at] != EMPTY) {
                at = at + 1 & mask;
            }
            table[at] = number + 1;
        }
    }

    private void repack(Packing wider) {
        int[] state = new int[wider.width()];
        for (int c = 0; c < chunks.length && chunks[c] != null; c++) {
            long[] old = chunks[c];
            long[] packed = new long[CHUNK_STATES * wider.words()];
            int states = Math.min(CHUNK_STATES, count - c * CHUNK_STATES);
            for (int i = 0; i < states; i++) {
                packing.unpack(old, i * packing.words(), state);
                wider.pack(state, packed, i * wider.words());
            }
            chunks[c] = packed;
        }
        packing = wider;
        scratch = new long[wider.words()];
        Arrays.fill(table, EMPTY);
        fillTable();
    }
}
