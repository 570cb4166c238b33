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
    /** So many chunks are packed anew at a time. */
    private static final int CHUNKS_AT_ONCE = 16;

    private final MemoryMeter meter;
    private Layout layout;
    private int words;
    private long[][] chunks = new long[0][];
    private int used;
    private int count;
    /** The first chunk whose states are not forgotten. */
    private int firstChunk;
    /** How many states there were at the last change of layout. */
    private int widenedAt;
    /** Packed as a state: for every component the union of the bits of all its values. */
    private long[] union;
    private int layouts = 1;

    Arena(Layout layout, MemoryMeter meter) {
        this.meter = meter;
        this.layout = layout;
        this.words = layout.words();
        this.union = new long[words];
    }

    Layout layout() {
        return layout;
    }

    int layouts() {
        return layouts;
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
        unite(packed, from, union);
        return count++;
    }

    /** Adds the bits of the state packed from {@code packed[from]} on to a union. */
    void unite(long[] packed, int from, long[] bits) {
        for (int word = 0; word < words; word++) {
            bits[word] |= packed[from + word];
        }
    }

    /** Takes note of the bits of all states that were {@link #set}. For several threads. */
    synchronized void unite(long[] bits) {
        unite(bits, 0, union);
    }

    /** Adds room for so many states, which have to be set, and whose bits have to be united. */
    void lengthen(int more) {
        while ((long) used << CHUNK_SHIFT < (long) count + more) {
            addChunk();
        }
        count += more;
    }

    /** {@return what room for so many states takes, at most} */
    long bytesFor(int more) {
        int chunks = (more >>> CHUNK_SHIFT) + 1;
        return chunks * MemoryMeter.bytesOfLongs(CHUNK_STATES * words) + 8L * (this.chunks.length + chunks);
    }

    /** Writes the state packed from {@code packed[from]} on in place of another one. */
    void set(int number, long[] packed, int from) {
        System.arraycopy(packed, from, chunks[number >>> CHUNK_SHIFT], (number & CHUNK_MASK) * words, words);
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
     * Changes to a layout that holds all states so far and {@code state} too. Unless the states have doubled since the last time, it
     * has a word to spare, if there is room: so each state is packed anew a bounded number of times, however many there will be.
     *
     * @throws StateTableFullException if there is no room; nothing has changed then
     */
    void widenFor(int[] state, Parallel threads) {
        int[] values = unionWith(state);
        Layout tight = Layout.of(values);
        Layout roomy = Layout.of(values, words + 1);
        boolean soon = count >= CHUNK_STATES && count / 2 < widenedAt && tight.words() == words;
        widen(soon && meter.hasRoomFor(bytesFor(roomy)) ? roomy : tight, threads);
        widenedAt = count;
        union = new long[words];
        layout.pack(values, union, 0);
    }

    /** {@return what changing to a layout takes at its peak: some chunks exist twice at a time, and states cost more than before} */
    private long bytesFor(Layout wider) {
        long less = MemoryMeter.bytesOfLongs(CHUNK_STATES * words);
        return (used - firstChunk) * (MemoryMeter.bytesOfLongs(CHUNK_STATES * wider.words()) - less) + atOnce() * less;
    }

    private int atOnce() {
        return Math.min(CHUNKS_AT_ONCE, used - firstChunk);
    }

    private void widen(Layout wider, Parallel threads) {
        meter.reserve(bytesFor(wider));
        for (int from = firstChunk; from < used; from += CHUNKS_AT_ONCE) {
            int first = from;
            threads.run(Math.min(CHUNKS_AT_ONCE, used - from), i -> {
                int chunk = first + i;
                chunks[chunk] = repack(chunks[chunk], wider, Math.min(CHUNK_STATES, count - (chunk << CHUNK_SHIFT)));
            });
        }
        meter.release(atOnce() * MemoryMeter.bytesOfLongs(CHUNK_STATES * words));
        layout = wider;
        layouts++;
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
        int[] values = new int[layout.width()];
        layout.unpack(union, 0, values);
        for (int i = 0; i < values.length; i++) {
            if (state[i] < 0) {
                throw new IllegalArgumentException("component " + i + " of a state is " + state[i] + "; ids are >= 0");
            }
            values[i] |= state[i];
        }
        return values;
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
