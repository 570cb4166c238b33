package bpfmc.explorer.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How a state is laid out in words: the components one after the other from the lowest bit of the first word on, each
 * with its own number of bits; a component may begin in one word and end in the next.
 *
 * <p>The bits that would be left over in the last word are given away, one at a time, to the components with the
 * largest values: they cost nothing there, and large values are the ones most likely to grow again.
 */
final class Layout {
    /** Bits that hold any int {@code >= 0}. */
    private static final int MOST_BITS = 31;

    private final int[] bits;
    private final int words;

    private Layout(int[] bits, int words) {
        this.bits = bits;
        this.words = words;
    }

    /** {@return the layout for states of which only the number of components is known} */
    static Layout initial(int width) {
        return of(new int[width]);
    }

    /**
     * {@return the layout with the fewest words that holds these values}
     *
     * @param largest for every component a value with as many bits as the largest one has; all {@code >= 0}
     */
    static Layout of(int[] largest) {
        return of(largest, 1);
    }

    /** {@return as above, with so many words at least, if the components can fill them} */
    static Layout of(int[] largest, int atLeast) {
        int[] bits = new int[largest.length];
        int total = 0;
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Integer.SIZE - Integer.numberOfLeadingZeros(largest[i]);
            total = Math.addExact(total, bits[i]);
        }
        int words = Math.max(Math.min(atLeast, wordsFor(MOST_BITS * bits.length)), wordsFor(total));
        giveAway(bits, words * Long.SIZE - total);
        return new Layout(bits, words);
    }

    private static int wordsFor(int bits) {
        return Math.max(1, (bits + Long.SIZE - 1) / Long.SIZE);
    }

    private static void giveAway(int[] bits, int spare) {
        int[] byNeed = componentsByBits(bits);
        int left = spare;
        boolean taken = true;
        while (left > 0 && taken) {
            taken = false;
            for (int i = 0; i < byNeed.length && left > 0; i++) {
                if (bits[byNeed[i]] < MOST_BITS) {
                    bits[byNeed[i]]++;
                    left--;
                    taken = true;
                }
            }
        }
    }

    /** {@return the components, those with the most bits first, equal ones in their own order} */
    private static int[] componentsByBits(int[] bits) {
        long[] keys = new long[bits.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) (MOST_BITS - bits[i]) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    void write(DataOutput out) throws IOException {
        for (int length : bits) {
            out.writeByte(length);
        }
    }

    /** {@return a layout of so many components that was written} @throws IOException if it is none */
    static Layout read(int width, DataInput in) throws IOException {
        int[] bits = new int[width];
        int total = 0;
        for (int i = 0; i < width; i++) {
            bits[i] = in.readByte();
            if (bits[i] < 0 || bits[i] > MOST_BITS) {
                throw new IOException("it is damaged");
            }
            total += bits[i];
        }
        return new Layout(bits, wordsFor(total));
    }

    int width() {
        return bits.length;
    }

    /** {@return 64-bit words a state} */
    int words() {
        return words;
    }

    /** {@return the bits of one component} */
    int bits(int component) {
        return bits[component];
    }

    /**
     * Packs a state into the words from {@code packed[from]} on.
     *
     * @return whether every component fits; otherwise these words hold nothing of use
     */
    boolean pack(int[] state, long[] packed, int from) {
        int tooLarge = 0;
        long word = 0;
        int filled = 0;
        int next = from;
        for (int i = 0; i < bits.length; i++) {
            int value = state[i];
            int length = bits[i];
            tooLarge |= value >>> length;
            word |= (long) value << filled;
            filled += length;
            if (filled >= Long.SIZE) {
                packed[next++] = word;
                filled -= Long.SIZE;
                word = value >>> length - filled;
            }
        }
        if (filled > 0) {
            packed[next] = word;
        }
        return tooLarge == 0;
    }

    /** Unpacks the state whose first word is {@code packed[from]}. */
    void unpack(long[] packed, int from, int[] state) {
        int next = from;
        long word = packed[next];
        int filled = 0;
        for (int i = 0; i < bits.length; i++) {
            int length = bits[i];
            long value = word >>> filled;
            filled += length;
            if (filled > Long.SIZE) {
                filled -= Long.SIZE;
                word = packed[++next];
                value |= word << length - filled;
            } else if (filled == Long.SIZE) {
                filled = 0;
                word = ++next < packed.length ? packed[next] : 0;
            }
            state[i] = (int) (value & (1L << length) - 1);
        }
    }
}
