package bpfmc.model.lock;

import java.util.concurrent.TimeUnit;

/** {@link ResilientTasMachine} for real threads (kernel/bpf/rqspinlock.c, resilient_tas_spin_lock). */
public final class ResilientTasSpinLock implements ResilientLock {
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    private final HeldTables held;
    private final LockWords words;
    private final int word;
    private final long timeoutNanos;

    ResilientTasSpinLock(LockLayout layout, LockWords words, int word, long timeoutNanos) {
        this.held = new HeldTables(layout, words);
        this.words = words;
        this.word = word;
        this.timeoutNanos = timeoutNanos;
    }

    /** {@return locks that know of each other: deadlocks are found among them} */
    public static ResilientTasSpinLock[] sharing(int locks, int cpus) {
        return sharing(locks, cpus, TIMEOUT);
    }

    /** {@return the same with another timeout} */
    public static ResilientTasSpinLock[] sharing(int locks, int cpus, long timeoutNanos) {
        var layout = new LockLayout(locks, cpus);
        var words = new ArrayWords(layout.words());
        var all = new ResilientTasSpinLock[locks];
        java.util.Arrays.setAll(all, i -> new ResilientTasSpinLock(layout, words, i, timeoutNanos));
        return all;
    }

    @Override
    public Result lock(int cpu) {
        held.note(cpu, word); // [1] others look at the table
        long start = System.nanoTime();
        boolean looked = false;
        while (!words.compareAndSetAcquire(word, 0, 1)) { // [2] acquires
            if (!looked && held.twice(cpu, word)) {
                return refused(cpu, Result.EDEADLK);
            }
            looked = true;
            while (words.opaque(word) != 0) { // [3]
                if (held.crossed(cpu, word)) {
                    return refused(cpu, Result.EDEADLK);
                }
                if (System.nanoTime() - start > timeoutNanos) {
                    return refused(cpu, Result.ETIMEDOUT);
                }
                Thread.onSpinWait();
            }
        }
        return Result.TAKEN;
    }

    private Result refused(int cpu, Result why) {
        held.forget(cpu);
        return why;
    }

    @Override
    public void unlock(int cpu) {
        words.release(word, 0); // [4]
        held.forget(cpu); // [5]
    }
}
