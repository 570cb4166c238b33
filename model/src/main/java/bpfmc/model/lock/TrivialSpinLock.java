package bpfmc.model.lock;

/** {@link TrivialMachine} for real threads: test and set (kernel/bpf/helpers.c, __bpf_spin_lock without queued spin locks). */
public final class TrivialSpinLock implements SpinLock {
    private final LockWords words;
    private final int word;
    private final int looks;

    public TrivialSpinLock() {
        this(new ArrayWords(1), 0, SpinLimit.LOOKS);
    }

    TrivialSpinLock(LockWords words, int word) {
        this(words, word, SpinLimit.LOOKS);
    }

    /** A lock over words of one's own. @param word the lock word @param looks how often a waiter looks before it gives up */
    public TrivialSpinLock(LockWords words, int word, int looks) {
        this.looks = looks;
        this.words = words;
        this.word = word;
    }

    @Override
    public void lock(int cpu) {
        var spin = new SpinLimit(looks);
        while (true) {
            if (words.opaque(word) == 0) { // [1] atomic_cond_read_relaxed: only looks, so no order is needed
                if (words.getAndSet(word, 1) == 0) { // [2] atomic_xchg: fully ordered, acquires
                    return;
                }
            } else {
                spin.look();
            }
        }
    }

    @Override
    public boolean tryLock(int cpu) {
        return words.opaque(word) == 0 && words.getAndSet(word, 1) == 0;
    }

    @Override
    public void unlock(int cpu) {
        words.release(word, 0); // [3] atomic_set_release: what the owner wrote comes before it
    }
}
