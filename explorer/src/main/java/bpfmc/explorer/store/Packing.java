package bpfmc.explorer.store;

import java.util.Arrays;

/** How the components of a state lie in 64-bit words: one after the other, none across two words. */
final class Packing {
    private final int[] bits;
    private final int[] word;
    private final int[] shift;
    private final int words;

    private Packing(int[] bits) {
        this.bits = bits;
        this.word = new int[bits.length];
        this.shift = new int[bits.length];
        int used = 0;
        int at = 0;
        for (int i = 0; i < bits.length; i++) {
            if (used + bits[i] > Long.SIZE) {
                at++;
                used = 0;
            }
            word[i] = at;
            shift[i] = used;
            used += bits[i];
        }
        this.words = at + 1;
    }

    /** {@return a packing in which every component takes one bit} */
    static Packing narrowest(int width) {
        int[] bits = new int[width];
        Arrays.fill(bits, 1);
        return new Packing(bits);
    }

    int width() {
        return bits.length;
    }

    int words() {
        return words;
    }

    boolean fits(int[] state) {
        int over = 0;
        for (int i = 0; i < bits.length; i++) {
            over |= state[i] >>> bits[i] - 1 >>> 1;
        }
        return over == 0;
    }

    /** {@return a packing with room for the state as well} */
    Packing widenedFor(int[] state) {
        int[] wider = bits.clone();
        for (int i = 0; i < wider.length; i++) {
            wider[i] = Math.max(wider[i], Integer.SIZE - Integer.numberOfLeadingZeros(state[i]));
        }
        return new Packing(wider);
    }

    void pack(int[] state, long[] to, int from) {
        int at = 0;
        long value = 0;
        for (int i = 0; i < bits.length; i++) {
            if (word[i] != at) {
                to[from + at] = value;
                value = 0;
                at = word[i];
            }
            value |= (long) state[i] << shift[i];
        }
        to[from + at] = value;
    }

    void unpack(long[] packed, int from, int[] state) {
        for (int i = 0; i < bits.length; i++) {
            state[i] = (int) (packed[from + word[i]] >>> shift[i]) & (int) ((1L << bits[i]) - 1);
        }
    }
}
