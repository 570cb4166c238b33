package bpfmc.model.value;

import java.util.function.IntFunction;

/** Memory that was never written, as one unknown for each aligned word of 8 bytes; narrow reads are parts of them. */
public final class Words {
    private Words() {}

    /** {@return the number in {@code size} bytes at {@code offset}} @param word the unknown at an aligned offset */
    public static Term read(int offset, int size, IntFunction<Symbol> word) {
        Term whole = Constant.ZERO;
        int at = offset;
        while (at < offset + size) {
            int start = Math.floorDiv(at, 8) * 8;
            int end = Math.min(offset + size, start + 8);
            Term part = Terms.extract(word.apply(start), at - start, end - at);
            whole = Terms.add(whole, Terms.scale(1L << (8 * (at - offset)), part));
            at = end;
        }
        return whole;
    }
}
