package bpfmc.model.lock;

import java.util.concurrent.TimeUnit;

/** {@link ResilientTasMachine} for real threads (kernel/bpf/rqspinlock.c, resilient_tas_spin_lock), with its timeout. */
public final class ResilientSpinLock {
    /** What taking a lock comes to (include/uapi/asm-generic/errno.h for the numbers of the kernel). */
    public enum Result { TAKEN, EDEADLK, ETIMEDOUT }

    private static final long DEFAULT_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(250);

    private final LockLayout layout;
    private final LockWords words;
    private final int word;
    private final long timeoutNanos;

    private ResilientSpinLock(LockLayout layout, LockWords words, int word, long timeoutNanos) {
        this.layout = layout;
        this.words = words;
        this.word = word;
        this.timeoutNanos = timeoutNanos;
    }

    /** {@return locks that know of each other: deadlocks are found among them} */
    public static ResilientSpinLock[] sharing(int locks, int cpus) {
        return sharing(locks, cpus, DEFAULT_TIMEOUT);
    }

    /** {@return the same with another timeout} */
    public static ResilientSpinLock[] sharing(int locks, int cpus, long timeoutNanos) {
        var layout = new LockLayout(locks, cpus);
        return over(layout, new ArrayWords(layout.words()), timeoutNanos);
    }

    /** {@return the same over words of one's own} */
    public static ResilientSpinLock[] over(LockLayout layout, LockWords words, long timeoutNanos) {
        var all = new ResilientSpinLock[layout.locks()];
        java.util.Arrays.setAll(all, i -> new ResilientSpinLock(layout, words, i, timeoutNanos));
        return all;
    }

    /** Takes the lock, or says why not; nothing is held then. */
    public Result lock(int cpu) {
        int count = words.plain(layout.heldCount(cpu));
        if (count < LockLayout.HELD) {
            words.opaque(layout.held(cpu, count), word + 1);
        }
        words.release(layout.heldCount(cpu), count + 1); // [1] others look at the table
        boolean looked = false;
        long start = System.nanoTime();
        while (true) {
            if (words.opaque(word) == 0) {
                if (words.compareAndSetAcquire(word, 0, 1)) { // [2] acquires
                    return Result.TAKEN;
                }
            } else if (!looked && holdsAlready(cpu, word) || waitsForUs(cpu)) { // [2], [3]
                forget(cpu, count);
                return Result.EDEADLK;
            } else if (System.nanoTime() - start > timeoutNanos) {
                forget(cpu, count);
                return Result.ETIMEDOUT;
            } else {
                looked = true;
                Thread.onSpinWait();
            }
        }
    }

    /** Releases the lock taken last. */
    public void unlock(int cpu) {
        words.release(word, 0); // [4]
        forget(cpu, words.plain(layout.heldCount(cpu)) - 1); // [5]
    }

    private void forget(int cpu, int count) {
        if (count < LockLayout.HELD) {
            words.opaque(layout.held(cpu, count), 0);
        }
        words.release(layout.heldCount(cpu), count);
    }

    private boolean holdsAlready(int cpu, int lock) {
        for (int i = 0; i < Math.min(words.plain(layout.heldCount(cpu)) - 1, LockLayout.HELD); i++) {
            if (words.opaque(layout.held(cpu, i)) == lock + 1) {
                return true;
            }
        }
        return false;
    }

    private boolean waitsForUs(int cpu) {
        for (int other = 0; other < layout.cpus(); other++) {
            int count = Math.min(words.acquire(layout.heldCount(other)), LockLayout.HELD);
            if (other == cpu || count < 2) {
                continue;
            }
            int wanted = words.opaque(layout.held(other, count - 1));
            boolean holds = false;
            for (int i = 0; i < count - 1; i++) {
                holds |= words.opaque(layout.held(other, i)) == word + 1;
            }
            if (holds && wanted != 0 && holdsAlready(cpu, wanted - 1)) {
                return true;
            }
        }
        return false;
    }
}
