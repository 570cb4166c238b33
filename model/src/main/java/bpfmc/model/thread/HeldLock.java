package bpfmc.model.thread;

/**
 * A lock a run owns.
 *
 * @param element the element's slot @param offset of the lock in the value, or {@link #BUCKET} @param takenAt slot of the instruction
 */
public record HeldLock(int element, int offset, int takenAt) {
    /** In place of an offset: the lock of the bucket of a hash map that the element is in, as far as the element's own key needs it. */
    public static final int BUCKET = -1;

    /** {@return whether this is the lock of a bucket} */
    public boolean ofBucket() {
        return offset == BUCKET;
    }
}
