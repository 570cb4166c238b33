package bpfmc.model.step;

/**
 * How far a run has come with taking or releasing a lock of several steps; what the numbers mean is the lock's business.
 *
 * @param pc its place in the lock's algorithm @param value a number read @param index a number of its own @param other a number of another's
 * @param released whether it is releasing the lock and others may own it already
 */
public record LockProgress(int pc, int value, int index, int other, boolean released) {
    /** Before the first step; all there is when a lock is one step. */
    public static final LockProgress NONE = new LockProgress(0, 0, 0, 0, false);

    /** {@return whether a step has been taken that is not undone} */
    public boolean begun() {
        return !equals(NONE);
    }
}
