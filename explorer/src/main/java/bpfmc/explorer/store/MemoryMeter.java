package bpfmc.explorer.store;

/** Counts the bytes a table has allocated, and refuses more than it may. */
final class MemoryMeter {
    /** What an array costs besides its elements: object header and length, rounded up. */
    private static final int ARRAY_HEADER = 16;

    private final long max;
    private long used;
    private long peak;

    MemoryMeter(long max) {
        this.max = max;
    }

    static long bytesOfLongs(int length) {
        return ARRAY_HEADER + 8L * length;
    }

    /** To be called before {@code bytes} are allocated. @throws StateTableFullException if that is more than allowed */
    void reserve(long bytes) {
        if (!hasRoomFor(bytes)) {
            throw new StateTableFullException(StateTableFullException.Room.MEMORY, "the table of visited states holds "
                    + used + " bytes and needs " + bytes + " more, which is beyond its limit of " + max + " bytes");
        }
        used += bytes;
        peak = Math.max(peak, used);
    }

    boolean hasRoomFor(long bytes) {
        return bytes <= max - used;
    }

    void release(long bytes) {
        used -= bytes;
    }

    long used() {
        return used;
    }

    long peak() {
        return peak;
    }
}
