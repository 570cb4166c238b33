package bpfmc.explorer.axiomatic;

/**
 * One access of one thread. Dependencies are sets of memory operations of the thread, a bit each: the reads that something comes from.
 *
 * @param op which memory operation of its thread, counted from 0 in program order; read and write of one compare-and-exchange share it
 * @param cell the number of the cell
 * @param settled a read: it has its answer; a write: what it stores is known, and so is everything that this depends on
 * @param value what a settled write stores; of anything else it says nothing
 * @param expects a compare-and-exchange: whether the value that it expects is known
 * @param address the reads that its address comes from
 * @param data the reads that the value it stores comes from
 * @param control the reads that a branch before it tested
 */
public record Event<V>(int op, Kind kind, int cell, boolean settled, V value, boolean expects, long address, long data, long control) {
    /** The number of memory operations of one thread, since sets of them are bits of a word. */
    public static final int MOST = 64;

    /** {@return whether it can go into a graph at once} */
    boolean isSettledWrite() {
        return kind.writes() && !kind.reads() && settled;
    }

    boolean isPendingRead() {
        return kind.reads() && !settled;
    }
}
