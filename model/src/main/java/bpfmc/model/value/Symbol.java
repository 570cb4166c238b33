package bpfmc.model.value;

/**
 * An unknown: something the programs cannot choose. Its value is any unsigned number of {@code bytes} bytes.
 *
 * @param owner whose unknown it is: an agent's number, {@link #OWN} inside that agent's own automaton, or
 *     {@link #INITIAL} for what shared memory held before the first step
 * @param kind where it comes from
 * @param index number among its kind: for FRESH, EXPORTED and clocks a running number; for CONTEXT, PACKET, ELEMENT and READ_ONLY which
 *     region (version of the context or packet, element slot, map); for TASK which of its properties
 *     of the kinds from ADDRESS to UNFOLLOWED what each says
 * @param detail for FRESH, EXPORTED and clocks the slot of the instruction that made it, else the offset of the 8-byte word
 * @param bytes 1 to 8
 */
public record Symbol(int owner, Kind kind, int index, int detail, int bytes) implements Term {
    public static final int OWN = -1;
    public static final int INITIAL = -2;
    /** The {@code detail} of the symbol that stands for the packet's length in bytes. */
    public static final int LENGTH = -8;

    /** The {@code detail} of the symbol that stands for the length of what lies before the packet, in bytes. */
    public static final int METADATA = -16;

    /** Where an unknown comes from. */
    public enum Kind {
        /** Made by an instruction of a run and known to that run alone; renumbered at will. */
        FRESH,
        /** Made by an instruction of a run and since stored in shared memory; keeps its number. */
        EXPORTED,
        /** A word of the program's context. */
        CONTEXT,
        /** A word of the packet. */
        PACKET,
        /** A word of an element as it was before the first step. */
        ELEMENT,
        /** What a helper tells of the task that the program runs in, or has interrupted; the same however often one run asks. */
        TASK,
        /** A word of read-only data that the loader sets: the same for all runs, whenever they read it. */
        READ_ONLY,
        /** Where an object lies, see {@link Place}; index and detail are its name and its size. */
        ADDRESS,
        /** A word of the run's own memory that it has not written: index is which memory. */
        UNWRITTEN,
        /** What a helper returns that gives one run the same result whenever it asks: index is the helper's number. */
        CONSTANT_RESULT,
        /** The address of a kernel object that the object file names: index is which name; the same for all runs. */
        KERNEL_SYMBOL,
        /** A number that the machine determines, but that is not followed; index is a running number, detail why ({@link Unfollowed}). */
        UNFOLLOWED,
        /** What bpf_ktime_get_ns read; keeps its number, as do the samples of the other clocks. */
        MONOTONIC_CLOCK,
        /** What bpf_ktime_get_boot_ns read. */
        BOOT_CLOCK,
        /** What bpf_ktime_get_coarse_ns read, which lags behind the monotonic clock. */
        COARSE_CLOCK,
        /** What bpf_ktime_get_tai_ns read. */
        TAI_CLOCK,
        /** What bpf_jiffies64 read. */
        JIFFIES;

        /** {@return whether unknowns of this kind are samples of a clock: of one kind, the later one is equal or greater} */
        public boolean isClock() {
            return compareTo(MONOTONIC_CLOCK) >= 0;
        }
    }

    /** {@return the unknown that stands for a word of a run's own packet or context} @param index its version @param word offset in bytes */
    public static Symbol input(Kind kind, int index, int word) {
        return new Symbol(OWN, kind, index, word, Long.BYTES);
    }

    @Override
    public String toString() {
        String who = owner == OWN ? "" : owner == INITIAL ? "initial " : "agent" + owner + ".";
        return switch (kind) {
            case FRESH -> who + "unknown" + index + "@" + detail;
            case EXPORTED -> who + "shared" + index + "@" + detail;
            case CONTEXT -> who + "ctx" + (index == 0 ? "" : index) + "[" + detail + "]";
            case PACKET -> who + "packet" + index + "[" + detail + "]";
            case TASK -> who + "task" + index + "[" + detail + "]";
            case ELEMENT -> who + "element" + index + "[" + detail + "]";
            case ADDRESS -> who + "address" + index + "/" + detail;
            case UNWRITTEN -> who + "unwritten" + index + "[" + detail + "]";
            case CONSTANT_RESULT -> who + "helper" + index;
            case KERNEL_SYMBOL -> "symbol" + index;
            case UNFOLLOWED -> who + "unfollowed" + index + "(" + detail + ")";
            case READ_ONLY -> "constant" + index + "[" + detail + "]";
            case MONOTONIC_CLOCK, BOOT_CLOCK, COARSE_CLOCK, TAI_CLOCK, JIFFIES -> who + kind.name().toLowerCase(java.util.Locale.ROOT) + index + "@" + detail;
        };
    }
}
