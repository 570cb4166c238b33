package bpfmc.explorer.secondopinion.enumerator;

/** What a run stands before. */
sealed interface Op {
    /**
     * An access to shared bytes.
     *
     * @param binding of the address, see {@link Value} @param copy whether it is a piece of a longer copy by the kernel
     */
    record Access(int element, int binding, int offset, int size, boolean writes, boolean atomic, boolean copy) implements Op {
        boolean overlaps(Access other) {
            return element == other.element && offset < other.offset + other.size && other.offset < offset + size;
        }
    }

    /** Takes the lock of an element. @param resilient whether it may be refused */
    record Lock(int element, boolean resilient) implements Op {}

    /** Releases it. */
    record Unlock(int element) implements Op {}

    /** Something else that others can notice. */
    record Other() implements Op {}

    /** The end of the program. */
    record End() implements Op {}
}
