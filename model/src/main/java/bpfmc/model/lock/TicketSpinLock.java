package bpfmc.model.lock;

/** {@link TicketMachine} for real threads (include/asm-generic/ticket_spinlock.h). */
public final class TicketSpinLock implements SpinLock {
    private static final int HALF = 0xffff;

    private final LockWords words;
    private final int word;
    private final int looks;

    public TicketSpinLock() {
        this(new ArrayWords(1), 0);
    }

    /** A lock over words of one's own. @param word the lock word */
    public TicketSpinLock(LockWords words, int word) {
        this(words, word, SpinLimit.LOOKS);
    }

    /** The same. @param looks at a lock that is owned before a waiter gives up with {@link SpinLimitReached} */
    public TicketSpinLock(LockWords words, int word, int looks) {
        this.words = words;
        this.word = word;
        this.looks = looks;
    }

    @Override
    public void lock(int cpu) {
        int val = words.getAndAddAcquire(word, 1 << 16); // [1] atomic_fetch_add; acquires when the ticket is served at once
        int ticket = val >>> 16;
        if (ticket == (val & HALF)) {
            return;
        }
        var spin = new SpinLimit(looks);
        while ((words.acquire(word) & HALF) != ticket) { // [2] atomic_cond_read_acquire
            spin.look();
        }
    }

    @Override
    public boolean tryLock(int cpu) {
        int old = words.opaque(word);
        return old >>> 16 == (old & HALF) && words.compareAndSetAcquire(word, old, old + (1 << 16));
    }

    /** Only the owner changes the lower half, so that what it read stays true while others draw tickets. */
    @Override
    public void unlock(int cpu) {
        int served = words.opaque(word) & HALF; // [3] atomic_read
        words.getAndSetBits(word, HALF, served + 1 & HALF); // [4] smp_store_release of the lower half
    }
}
