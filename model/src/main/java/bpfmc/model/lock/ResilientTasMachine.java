package bpfmc.model.lock;

/**
 * The test-and-set form of the resilient spin lock (kernel/bpf/rqspinlock.c of Linux 6.15, resilient_tas_spin_lock), which runs
 * where there are no queued spin locks, and in x86 guests: a waiter notes the lock in its CPU's table, and gives up with -EDEADLK
 * when the table already has it (AA), or when another CPU holds it and wants one that this CPU holds (ABBA), or with -ETIMEDOUT.
 */
record ResilientTasMachine(HeldLocks held, Defect defect) implements LockMachine {
    private static final int TRY = 3;
    private static final int FORGET = 4;
    private static final int AWAIT = 5;

    @Override
    public String name() {
        return "resilient-tas";
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
    public boolean step(int[] words, int[] local, Context at, int lock) {
        boolean looks = defect != Defect.NO_DETECTION;
        switch (local[PC]) {
            case OUT -> { // [1] grab_held_lock_entry(lock)
                held.note(words, at.cpu(), lock);
                local[PC] = TRY;
            }
            case TRY -> { // [2] atomic_try_cmpxchg_acquire(&lock->val, 0, 1)
                if (words[lock] == 0) {
                    words[lock] = 1;
                    local[PC] = IN;
                } else if (looks && held.twice(words, at.cpu(), lock)) {
                    refuse(words, local, at, EDEADLK);
                } else {
                    local[PC] = AWAIT;
                }
            }
            case AWAIT -> { // [3] RES_CHECK_TIMEOUT: check_deadlock_ABBA, and look at the word again
                if (words[lock] == 0) {
                    local[PC] = TRY;
                } else if (looks && held.crossed(words, at.cpu(), lock)) {
                    refuse(words, local, at, EDEADLK);
                } else {
                    return false;
                }
            }
            case IN -> { // [4] smp_store_release(&lock->locked, 0)
                words[lock] = 0;
                local[PC] = FORGET;
            }
            case FORGET -> { // [5] WRITE_ONCE(rqh->locks[rqh->cnt - 1], NULL); this_cpu_dec(rqspinlock_held_locks.cnt)
                held.forget(words, at.cpu());
                local[PC] = OUT;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }

    /** check_timeout looks at the clock only when the word was not 0. */
    @Override
    public boolean timeOut(int[] words, int[] local, Context at, int lock) {
        if (local[PC] != AWAIT || words[lock] == 0) {
            return false;
        }
        refuse(words, local, at, ETIMEDOUT);
        return true;
    }

    private void refuse(int[] words, int[] local, Context at, int error) {
        if (defect != Defect.KEPT_ENTRY) {
            held.forget(words, at.cpu());
        }
        local[VALUE] = error;
        local[PC] = REFUSED;
    }
}
