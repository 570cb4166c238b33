package bpfmc.explorer.store;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Packed states, one after the other, in chunks of equal numbers of states, so that growing never copies what is there.
 * Only a change of layout rewrites the states, and that goes chunk by chunk.
 */
final class Arena {
    private static final int CHUNK_SHIFT = 14;
    private static final int CHUNK_STATES = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_STATES - 1;

    private final MemoryMeter meter;
    private Layout layout;
    private int words;
    private long[][] chunks = new long[0][];
    private int used;
    private int count;
    /** The first chunk whose states are not forgotten. */
    private int firstChunk;

    Arena(Layout layout, MemoryMeter meter) {
        this.meter = meter;
        this.layout = layout;
        this.words = layout.words();
    }

    Layout layout() {
        return layout;
    }

    int count() {
        return count;
    }

    /** Adds the state packed from {@code packed[from]} on. @throws StateTableFullException if full */
    int append(long[] packed, int from) {
        int chunk = count >>> CHUNK_SHIFT;
        if (chunk == used) {
            addChunk();
        }
        System.arraycopy(packed, from, chunks[chunk], (count & CHUNK_MASK) * words, words);
        return count++;
    }

    void read(int number, int[] state) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("state " + number + " of " + count);
        }
        layout.unpack(chunks[number >>> CHUNK_SHIFT], (number & CHUNK_MASK) * words, state);
    }

    /** Lets go of states that come before a number, as far as they fill chunks of their own. */
    void forget(int number) {
        while (firstChunk < number >>> CHUNK_SHIFT) {
            chunks[firstChunk++] = null;
            meter.release(MemoryMeter.bytesOfLongs(CHUNK_STATES * words));
        }
    }

    /** Writes the layout and the packed states from a number on. */
    void write(int from, DataOutput out) throws IOException {
        layout.write(out);
        for (int number = from; number < count; number++) {
            long[] chunk = chunks[number >>> CHUNK_SHIFT];
            int at = (number & CHUNK_MASK) * words;
            for (int i = 0; i < words; i++) {
                out.writeLong(chunk[at + i]);
            }
        }
    }

    boolean matches(int number, long[] packed, int from) {
        long[] chunk = chunks[number >>> CHUNK_SHIFT];
        int at = (number & CHUNK_MASK) * words;
        for (int i = 0; i < words; i++) {
            if (chunk[at + i] != packed[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the first word of a state} */
    long firstWord(int number) {
        return chunks[number >>> CHUNK_SHIFT][(number & CHUNK_MASK) * words];
    }

    long hash(int number) {
        return Hash.of(chunks[number >>> CHUNK_SHIFT], (number & CHUNK_MASK) * words, words);
    }

    /**
     * Changes to a layout that holds all states so far and {@code state} too.
     *
     * @throws StateTableFullException if there is no room; nothing has changed then
     */
    void widenFor(int[] state) {
        Layout wider = Layout.of(unionWith(state));
        long more = MemoryMeter.bytesOfLongs(CHUNK_STATES * wider.words());
        long less = MemoryMeter.bytesOfLongs(CHUNK_STATES * words);
        // One chunk exists twice at a time; the rest is what the states cost more than before.
        meter.reserve((used - firstChunk) * (more - less) + less);
        for (int i = firstChunk; i < used; i++) {
            chunks[i] = repack(chunks[i], wider, Math.min(CHUNK_STATES, count - (i << CHUNK_SHIFT)));
        }
        meter.release(less);
        layout = wider;
        words = wider.words();
    }

    private long[] repack(long[] chunk, Layout wider, int states) {
        long[] repacked = new long[CHUNK_STATES * wider.words()];
        int[] state = new int[layout.width()];
        for (int i = 0; i < states; i++) {
            layout.unpack(chunk, i * words, state);
            wider.pack(state, repacked, i * wider.words());
        }
        return repacked;
    }

    /** {@return for every component the union of the bits of all its values, those of {@code state} included} */
    private int[] unionWith(int[] state) {
        int[] union = new int[layout.width()];
        for (int i = 0; i < union.length; i++) {
            if (state[i] < 0) {
                throw new IllegalArgumentException("component " + i + " of a state is " + state[i] + "; ids are >= 0");
            }
            union[i] = state[i];
        }
        int[] each = new int[union.length];
        for (int number = firstChunk << CHUNK_SHIFT; number < count; number++) {
            read(number, each);
            for (int i = 0; i < union.length; i++) {
                union[i] |= each[i];
            }
        }
        return union;
    }

    private void addChunk() {
        long bytes = MemoryMeter.bytesOfLongs(CHUNK_STATES * words);
        if (used == chunks.length) {
            int longer = Math.max(4, 2 * chunks.length);
            meter.reserve(bytes + 4L * longer);
            meter.release(4L * chunks.length);
            chunks = Arrays.copyOf(chunks, longer);
        } else {
            meter.reserve(bytes);
        }
        chunks[used++] = new long[CHUNK_STATES * words];
    }
}
