package bpfmc.model.thread;

/**
 * A lock a run owns.
 *
 * @param element the element's slot @param offset of the lock in the value, or {@link #BUCKET} @param takenAt slot of the instruction
 * @param needsWord whether its release restores what the CPU's one flags word says, as bpf_spin_unlock does ({@link CpuFlags#unlockRestores()})
 */
public record HeldLock(int element, int offset, int takenAt, boolean needsWord) {
    /** A lock whose release does not. */
    HeldLock(int element, int offset, int takenAt) {
        this(element, offset, takenAt, false);
    }

    /** {@return the same lock where its element has this number} */
    HeldLock of(int renamed) {
        return new HeldLock(renamed, offset, takenAt, needsWord);
    }

    /** In place of an offset: the lock of the bucket of a hash map that the element is in, as far as the element's own key needs it. */
    public static final int BUCKET = -1;

    /** In place of an offset: the run is the callback of the element's timer, which nobody else runs meanwhile. */
    public static final int TIMER = -2;

    /** {@return whether the program has taken it} */
    public boolean ofProgram() {
        return offset >= 0;
    }

    /** {@return whether it is a resilient lock, taken by a program} */
    public boolean resilient() {
        return ofProgram() && !needsWord;
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
