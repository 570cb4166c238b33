package bpfmc.model.thread;

/**
 * A lock a run owns.
 *
 * @param element the element's slot @param offset of the lock in the value, or {@link #BUCKET} @param takenAt slot of the instruction
 */
public record HeldLock(int element, int offset, int takenAt) {
    /** In place of an offset: the lock of the bucket of a hash map that the element is in, as far as the element's own key needs it. */
    public static final int BUCKET = -1;

    /** In place of an offset: the run is the callback of the element's timer, which nobody else runs meanwhile. */
    public static final int TIMER = -2;

    /** {@return whether the program has taken it} */
    public boolean ofProgram() {
        return offset >= 0;
    }

    /** {@return whether this is the turn to run the callback of a timer} */
    public boolean ofTimer() {
        return offset == TIMER;
    }

    /** {@return whether this is the lock of a bucket} */
    public boolean ofBucket() {
        return offset == BUCKET;
    }
}
