package bpfmc.model.lock;

import static bpfmc.model.lock.QueuedMachine.LOCKED;
import static bpfmc.model.lock.QueuedMachine.LOCKED_MASK;
import static bpfmc.model.lock.QueuedMachine.PENDING;
import static bpfmc.model.lock.QueuedMachine.PENDING_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_SHIFT;

/**
 * {@link QueuedMachine} for real threads: the kernel's qspinlock (kernel/locking/qspinlock.c, Linux 6.15). The numbers in
 * brackets are the machine's steps. Stores to one byte or half of the word are atomic operations on the whole word that leave
 * the rest alone: Java orders only accesses to a whole int. They can only be stronger than the kernel's.
 */
public final class QueuedSpinLock implements SpinLock {
    private final LockLayout layout;
    private final LockWords words;
    private final int word;

    /** @param cpus how many there are */
    public QueuedSpinLock(int cpus) {
        this(new LockLayout(1, cpus), new ArrayWords(new LockLayout(1, cpus).words()), 0);
    }

    /** A lock over words of one's own. @param layout where the queue nodes lie @param word the lock word */
    public QueuedSpinLock(LockLayout layout, LockWords words, int word) {
        this.layout = layout;
        this.words = words;
        this.word = word;
    }

    /** {@return locks that share the CPUs' queue nodes, as all locks of a kernel do} */
    public static QueuedSpinLock[] sharing(int locks, int cpus) {
        var layout = new LockLayout(locks, cpus);
        var words = new ArrayWords(layout.words());
        var all = new QueuedSpinLock[locks];
        java.util.Arrays.setAll(all, i -> new QueuedSpinLock(layout, words, i));
        return all;
    }

    /** {@return the lock word as it is} */
    public int word() {
        return words.opaque(word);
    }

    @Override
    public boolean tryLock(int cpu) {
        return words.opaque(word) == 0 && words.compareAndSetAcquire(word, 0, LOCKED);
    }

    @Override
    public void lock(int cpu) {
        int val = words.compareAndExchangeAcquire(word, 0, LOCKED); // [1] queued_spin_lock: acquires
        if (val != 0) {
            slowPath(cpu, val);
        }
    }

    private void slowPath(int cpu, int seen) {
        int val = seen;
        if (val == PENDING) {
            val = words.opaque(word); // [2] one look at the hand-over, only to decide where to go
        }
        if ((val & ~LOCKED_MASK) != 0) {
            queue(cpu);
            return;
        }
        val = words.getAndOrAcquire(word, PENDING); // [3] acquires: the lock may be free already
        if ((val & ~LOCKED_MASK) != 0) {
            if ((val & PENDING_MASK) == 0) {
                words.getAndSetBits(word, PENDING_MASK, 0); // [4] clear_pending
            }
            queue(cpu);
            return;
        }
        if ((val & LOCKED_MASK) != 0) {
            var spin = new SpinLimit();
            while ((words.acquire(word) & LOCKED_MASK) != 0) { // [5] acquires: sees what the owner before wrote
                spin.look();
            }
        }
        words.getAndSetBits(word, ~TAIL_MASK, LOCKED); // [6] clear_pending_set_locked
    }

    private void queue(int cpu) {
        int index = words.plain(layout.count(cpu)); // only this CPU's contexts, which nest
        words.plain(layout.count(cpu), index + 1);
        try {
            if (index >= LockLayout.NODES) {
                withoutNode();
            } else {
                words.plain(layout.locked(cpu, index), 0); // published by [9]
                words.plain(layout.next(cpu, index), 0);
                if (words.opaque(word) == 0 // [7] queued_spin_trylock
                        && words.compareAndSetAcquire(word, 0, LOCKED)) { // [8]
                    return;
                }
                waitInQueue(cpu, index);
            }
        } finally {
            words.plain(layout.count(cpu), index);
        }
    }

    private void withoutNode() {
        var spin = new SpinLimit();
        while (true) {
            if (words.opaque(word) == 0) { // [18]
                if (words.compareAndSetAcquire(word, 0, LOCKED)) { // [19]
                    return;
                }
            } else {
                spin.look();
            }
        }
    }

    private void waitInQueue(int cpu, int index) {
        int tail = LockLayout.tail(cpu, index);
        int old = words.getAndSetBits(word, TAIL_MASK, tail << TAIL_SHIFT); // [9] xchg_tail; smp_wmb() before it in the kernel: the node is ready before others find it
        int next = 0;
        if (old >>> TAIL_SHIFT != 0) {
            int prev = old >>> TAIL_SHIFT;
            words.release(layout.next(LockLayout.cpuOf(prev), LockLayout.indexOf(prev)), tail); // [10] WRITE_ONCE(prev->next)
            var spin = new SpinLimit();
            while (words.acquire(layout.locked(cpu, index)) == 0) { // [11] acquires from [17]
                spin.look();
            }
            next = words.opaque(layout.next(cpu, index)); // [12]
        }
        int val = awaitFree(); // [13] acquires from [20]
        if (val >>> TAIL_SHIFT == tail && words.compareAndSet(word, val, LOCKED)) { // [14]
            return;
        }
        words.getAndOrAcquire(word, LOCKED); // [15] set_locked
        if (next == 0) {
            var spin = new SpinLimit();
            while ((next = words.acquire(layout.next(cpu, index))) == 0) { // [16]
                spin.look();
            }
        }
        words.release(layout.locked(LockLayout.cpuOf(next), LockLayout.indexOf(next)), 1); // [17] releases to [11]
    }

    private int awaitFree() {
        var spin = new SpinLimit();
        int val;
        while (((val = words.acquire(word)) & ~TAIL_MASK) != 0) {
            spin.look();
        }
        return val;
    }

    @Override
    public void unlock(int cpu) {
        words.getAndSetBits(word, LOCKED_MASK, 0); // [20] smp_store_release(&lock->locked, 0)
    }
}
