package bpfmc.explorer.axiomatic;

/** What an event is to the axioms. */
public enum Kind {
    /** A plain load. */
    READ(true, false),
    /** A load before everything that follows it. */
    ACQUIRE(true, false),
    /** A plain store. */
    WRITE(false, true),
    /** A store behind everything before it. */
    RELEASE(false, true),
    /** An atomic that returns nothing: atomic, but it orders nothing. */
    ATOMIC(true, true),
    /** An atomic that returns the old value, and an exchange: a full fence. */
    FETCH(true, true),
    /** A compare-and-exchange that nobody has answered: whether it succeeds is open. */
    SWAP(true, false),
    /** The read of a compare-and-exchange that succeeds. */
    SWAP_READ(true, false),
    /** The write of one that succeeds. */
    SWAP_WRITE(false, true),
    /** The read of one that fails: plain. */
    SWAP_LOST(true, false);

    private final boolean reads;
    private final boolean writes;

    Kind(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** {@return whether it has to be answered} */
    public boolean reads() {
        return reads;
    }

    /** {@return whether others can read from it} */
    public boolean writes() {
        return writes;
    }

    /** {@return whether it may turn out to write} */
    boolean mayWrite() {
        return writes || this == SWAP;
    }

    /** {@return whether nothing behind it can be determined before it is answered, under every model here} */
    boolean holdsBack() {
        return this == ACQUIRE || this == FETCH;
    }
}
