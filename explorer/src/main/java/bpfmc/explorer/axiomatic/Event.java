package bpfmc.explorer.axiomatic;

import java.util.Optional;

/**
 * One access of one thread.
 *
 * @param op which memory operation of its thread, counted from 0 in program order; read and write of one compare-and-exchange share it
 * @param cell the number of the cell
 * @param settled a read: it has its answer; a write: what it stores is known, and so is everything that this depends on
 * @param early an atomic that stores what follows from a promise, and has no answer
 * @param value what a write stores, as far as it is known; of a read it says nothing
 * @param swap of a compare-and-exchange that has no answer
 */
public record Event<V>(int op, Kind kind, int cell, boolean settled, boolean early, V value, Optional<Swap<V>> swap, Dependencies on) {
    /** The number of memory operations of one thread, since sets of them are bits of a word. */
    public static final int MOST = 64;

    /**
     * The reads of the thread that an access comes from, a bit each.
     *
     * @param address its address
     * @param data the value that it stores
     * @param control a branch before it
     */
    public record Dependencies(long address, long data, long control) {}

    /**
     * What a compare-and-exchange is about to do.
     *
     * @param known whether what it expects is known
     * @param stored what it stores if it succeeds, as far as that is known
     */
    public record Swap<V>(boolean known, V expected, V stored) {}

    /** {@return whether it can go into a graph at once} */
    boolean isSettledWrite() {
        return early || kind.writes() && !kind.reads() && settled;
    }

    boolean isPendingRead() {
        return kind.reads() && !settled;
    }

    /** {@return whether it is a compare-and-exchange that waits, not knowing what it expects} */
    boolean expectsUnknown() {
        return kind == Kind.SWAP && swap.stream().noneMatch(Swap::known);
    }
}
