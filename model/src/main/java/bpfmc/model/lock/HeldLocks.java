package bpfmc.model.lock;

/**
 * The locks that each CPU holds or wants, the last one on top (include/asm-generic/rqspinlock.h, rqspinlock_held_locks), and the two
 * looks for deadlocks (kernel/bpf/rqspinlock.c). Each is one step here; the kernel reads the tables of other CPUs word by word, and
 * may so see a deadlock that has been.
 */
record HeldLocks(LockLayout layout) {
    /** grab_held_lock_entry: more locks than the table has are counted, not noted. */
    void note(int[] words, int cpu, int lock) {
        int count = words[layout.heldCount(cpu)];
        if (count < LockLayout.HELD) {
            words[layout.held(cpu, count)] = lock + 1;
        }
        words[layout.heldCount(cpu)] = count + 1;
    }

    /** release_held_lock_entry: whichever lock is on top. */
    void forget(int[] words, int cpu) {
        int count = words[layout.heldCount(cpu)] - 1;
        if (count < 0) { // a lock that was not taken is released
            return;
        }
        if (count < LockLayout.HELD) {
            words[layout.held(cpu, count)] = 0;
        }
        words[layout.heldCount(cpu)] = count;
    }

    /** check_deadlock_AA: an entry below the top one names the same lock. */
    boolean twice(int[] words, int cpu, int lock) {
        return below(words, cpu, Math.min(words[layout.heldCount(cpu)], LockLayout.HELD), lock + 1);
    }

    /** check_deadlock_ABBA: another CPU holds the lock, and the lock on top of its table, which it wants, is one that we hold. */
    boolean crossed(int[] words, int cpu, int lock) {
        for (int other = 0; other < layout.cpus(); other++) {
            int count = words[layout.heldCount(other)];
            if (other == cpu || count < 2 || count > LockLayout.HELD) {
                continue;
            }
            int wanted = words[layout.held(other, count - 1)];
            if (wanted != 0 && below(words, other, count, lock + 1) && twice(words, cpu, wanted - 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean below(int[] words, int cpu, int top, int name) {
        for (int i = 0; i < top - 1; i++) {
            if (words[layout.held(cpu, i)] == name) {
                return true;
            }
        }
        return false;
    }
}
