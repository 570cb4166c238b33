package bpfmc.model.isa;

/** The width of an arithmetic operation or comparison: {@code w} registers (32 bits, zero-extending) or {@code r} (64). */
public enum Width {
    W32, W64;

    /** {@return 32 or 64} */
    public int bits() {
        return this == W32 ? 32 : 64;
    }
}
