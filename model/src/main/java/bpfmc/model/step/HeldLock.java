package bpfmc.model.step;

import bpfmc.model.program.Async;

/**
 * A lock a run owns.
 *
 * @param element the element's slot @param offset of the lock in the value, or {@link #BUCKET} @param takenAt slot of the instruction
 * @param needsWord whether its release restores what the CPU's one flags word says, as bpf_spin_unlock does ({@link CpuFlags#unlockRestores()})
 */
public record HeldLock(int element, int offset, int takenAt, boolean needsWord) {
    /** A lock whose release does not. */
    public HeldLock(int element, int offset, int takenAt) {
        this(element, offset, takenAt, false);
    }

    /** {@return the same lock where its element has this number} */
    public HeldLock of(int renamed) {
        return new HeldLock(renamed, offset, takenAt, needsWord);
    }

    /** In place of an offset: the lock of the bucket of a hash map that the element is in, as far as the element's own key needs it. */
    public static final int BUCKET = -1;

    /** In place of an offset, and less: the run is a callback of the element's timer, or work item, which nobody else runs meanwhile. */
    private static final int TURN = -2;

    /** The turn to run the callback of an element. */
    public static HeldLock turn(Async async, int element, int takenAt) {
        return new HeldLock(element, TURN - async.ordinal(), takenAt);
    }

    /** {@return whether the program has taken it} */
    public boolean ofProgram() {
        return offset >= 0;
    }

    /** {@return whether it is a resilient lock, taken by a program} */
    public boolean resilient() {
        return ofProgram() && !needsWord;
    }

    /** {@return whether this is the turn to run a callback} */
    public boolean isTurn() {
        return offset <= TURN;
    }

    /** {@return whether this is the turn to run a callback of this kind} */
    public boolean isTurn(Async async) {
        return offset == TURN - async.ordinal();
    }

    /** {@return whether this is the lock of a bucket} */
    public boolean ofBucket() {
        return offset == BUCKET;
    }
}
