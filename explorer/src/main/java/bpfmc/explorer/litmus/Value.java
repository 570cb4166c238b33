package bpfmc.explorer.litmus;

/** What registers and cells of a litmus test hold: herd's values, whole 64-bit words and addresses by name. */
public sealed interface Value {
    /** A number of 64 bits. */
    record Int(long bits) implements Value {
        @Override
        public String toString() {
            return Long.toString(bits);
        }
    }

    /** So many bytes behind the start of a variable. */
    record Address(String variable, long offset) implements Value {
        @Override
        public String toString() {
            return offset == 0 ? variable : variable + "+" + offset;
        }
    }

    /** A value that waits for an answer. */
    enum Unknown implements Value { PENDING }

    /** What a register and a cell hold that nobody set. */
    Value ZERO = new Int(0);
}
