package bpfmc.model.isa;

/** The width of a memory access. */
public enum Size {
    BYTE(1), HALF(2), WORD(4), DOUBLE(8);

    private final int bytes;

    Size(int bytes) {
        this.bytes = bytes;
    }

    /** {@return 1, 2, 4 or 8} */
    public int bytes() {
        return bytes;
    }
}
