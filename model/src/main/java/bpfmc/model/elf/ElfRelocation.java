package bpfmc.model.elf;

/**
 * One place in a section to be filled in.
 *
 * @param offset bytes from the start of the section
 * @param type one of the numbers below, or another that BPF does not know
 */
public record ElfRelocation(long offset, int type, ElfSymbol symbol) {
    /** A 64-bit immediate load. */
    public static final int R_BPF_64_64 = 1;
    /** A 64-bit word of data. */
    public static final int R_BPF_64_ABS64 = 2;
    /** A 32-bit word of data. */
    public static final int R_BPF_64_ABS32 = 3;
    /** A 32-bit word of debug information or BTF. */
    public static final int R_BPF_64_NODYLD32 = 4;
    /** A call. */
    public static final int R_BPF_64_32 = 10;

    /** {@return the type's name as LLVM writes it} */
    public String typeName() {
        return switch (type) {
            case R_BPF_64_64 -> "R_BPF_64_64";
            case R_BPF_64_ABS64 -> "R_BPF_64_ABS64";
            case R_BPF_64_ABS32 -> "R_BPF_64_ABS32";
            case R_BPF_64_NODYLD32 -> "R_BPF_64_NODYLD32";
            case R_BPF_64_32 -> "R_BPF_64_32";
            default -> "type " + type;
        };
    }
}
