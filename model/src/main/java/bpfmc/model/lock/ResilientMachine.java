package bpfmc.model.lock;

/**
 * The test-and-set form of the resilient spin lock (kernel/bpf/rqspinlock.c of Linux 6.15, resilient_tas_spin_lock): a waiter
 * notes the lock in its CPU's table, and gives up with -EDEADLK when the table already has it (AA), or when another CPU holds
 * it and wants one that this CPU holds (ABBA), or with -ETIMEDOUT.
 *
 * <p>The look at the tables is one step; the kernel reads them word by word, and may so see a deadlock that has been.
 */
record ResilientMachine(LockLayout layout, Defect defect) implements LockMachine {
    private static final int TRY = 3;
    private static final int FORGET = 4;
    private static final int AWAIT = 5;

    @Override
    public String name() {
        return "resilient";
    }

    @Override
    public boolean fair() {
        return false;
    }

    @Override
    public boolean queuedAt(int before, int after) {
        return false;
    }

    @Override
    public boolean released(int pc) {
        return pc == FORGET;
    }

    @Override
    public String says(int pc) {
        return switch (pc) {
            case OUT -> "[1] notes the lock in the CPU's table";
            case TRY -> "[2] exchanges 0 for 1";
            case AWAIT -> "[3] looks at the word and for a deadlock";
            case IN -> "[4] stores 0";
            case FORGET -> "[5] takes the lock off the CPU's table";
            default -> throw new IllegalStateException("no step " + pc);
        };
    }

    @Override
    public boolean step(int[] words, int[] local, int cpu, int lock) {
        int count = words[layout.heldCount(cpu)];
        switch (local[PC]) {
            case OUT -> { // [1] grab_held_lock_entry(lock): the CPU's own table
                if (count < LockLayout.HELD) {
                    words[layout.held(cpu, count)] = lock + 1;
                }
                words[layout.heldCount(cpu)] = count + 1;
                local[PC] = TRY;
            }
            case TRY -> { // [2] atomic_try_cmpxchg_acquire(&lock->val, 0, 1)
                if (words[lock] == 0) {
                    words[lock] = 1;
                    local[PC] = IN;
                } else if (defect != Defect.NO_DETECTION && holdsAlready(words, cpu, lock)) {
                    refuse(words, local, cpu, EDEADLK);
                } else {
                    local[PC] = AWAIT;
                }
            }
            case AWAIT -> { // [3] RES_CHECK_TIMEOUT: check_deadlock_ABBA, and look at the word again
                if (words[lock] == 0) {
                    local[PC] = TRY;
                } else if (defect != Defect.NO_DETECTION && waitsForUs(words, cpu, lock)) {
                    refuse(words, local, cpu, EDEADLK);
                } else {
                    return false;
                }
            }
            case IN -> { // [4] smp_store_release(&lock->locked, 0)
                words[lock] = 0;
                local[PC] = FORGET;
            }
            case FORGET -> { // [5] release_held_lock_entry
                release(words, cpu);
                local[PC] = OUT;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }

    /** check_timeout looks at the clock only when the word was not 0. */
    @Override
    public boolean timeOut(int[] words, int[] local, int cpu, int lock) {
        if (local[PC] != AWAIT || words[lock] == 0) {
            return false;
        }
        refuse(words, local, cpu, ETIMEDOUT);
        return true;
    }

    private void refuse(int[] words, int[] local, int cpu, int error) {
        if (defect != Defect.KEPT_ENTRY) {
            release(words, cpu);
        }
        local[VALUE] = error;
        local[PC] = REFUSED;
    }

    private void release(int[] words, int cpu) {
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
    private boolean holdsAlready(int[] words, int cpu, int lock) {
        for (int i = 0; i < Math.min(words[layout.heldCount(cpu)] - 1, LockLayout.HELD); i++) {
            if (words[layout.held(cpu, i)] == lock + 1) {
                return true;
            }
        }
        return false;
    }

    /** check_deadlock_ABBA: another CPU holds the lock, and the lock on top of its table, which it wants, is one that we hold. */
    private boolean waitsForUs(int[] words, int cpu, int lock) {
        for (int other = 0; other < layout.cpus(); other++) {
            int count = Math.min(words[layout.heldCount(other)], LockLayout.HELD);
            if (other == cpu || count < 2) {
                continue;
            }
            int wanted = words[layout.held(other, count - 1)];
            boolean holds = false;
            for (int i = 0; i < count - 1; i++) {
                holds |= words[layout.held(other, i)] == lock + 1;
            }
            if (holds && holdsAlready(words, cpu, wanted - 1)) {
                return true;
            }
        }
        return false;
    }
}
