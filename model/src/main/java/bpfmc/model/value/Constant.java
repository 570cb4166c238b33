package bpfmc.model.value;

/** A known value. */
public record Constant(long value) implements Term {
    public static final Constant ZERO = new Constant(0);
    public static final Constant ONE = new Constant(1);

    @Override
    public String toString() {
        return value > -4096 && value < 4096 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
