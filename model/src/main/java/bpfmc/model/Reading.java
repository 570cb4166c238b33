package bpfmc.model;

/**
 * Using what is known, and learning nothing. The tables that give numbers to what a search meets are filled by one thread; at other times
 * several threads look things up in them, without locks. Where one of these would have to add something, it gives up, and leaves it to the
 * one that may: so every number is given in the order in which a single thread would have given it.
 */
public final class Reading {
    /** Thrown by what cannot be done while reading. */
    public static final class NotKnownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotKnownException() {
            super("not known yet", null, false, false);
        }
    }

    private static final ThreadLocal<Boolean> READS = ThreadLocal.withInitial(() -> false);

    private Reading() {}

    /** Does a task by which the thread learns nothing. */
    public static void during(Runnable task) {
        READS.set(true);
        try {
            task.run();
        } finally {
            READS.remove();
        }
    }

    /** To be called before a table that several threads read grows. @throws NotKnownException if the thread only reads now */
    public static void mayLearn() {
        if (READS.get()) {
            throw new NotKnownException();
        }
    }
}
