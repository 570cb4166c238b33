package bpfmc.model.lock;

import static bpfmc.model.lock.QueuedMachine.LOCKED;
import static bpfmc.model.lock.QueuedMachine.LOCKED_MASK;
import static bpfmc.model.lock.QueuedMachine.PENDING;
import static bpfmc.model.lock.QueuedMachine.PENDING_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_SHIFT;

import java.util.concurrent.TimeUnit;

/**
 * {@link ResilientMachine} for real threads (kernel/bpf/rqspinlock.c, resilient_queued_spin_lock_slowpath, Linux 7.2); the numbers in
 * brackets are the machine's steps. For what Java has no narrow stores for see {@link QueuedSpinLock}. There are no NMIs.
 */
public final class ResilientSpinLock implements ResilientLock {
    /** RES_DEF_TIMEOUT; the head of the queue waits twice as long. */
    private static final long TIMEOUT = TimeUnit.MILLISECONDS.toNanos(250);

    private final LockLayout layout;
    private final HeldTables held;
    private final LockWords words;
    private final int word;
    private final long timeoutNanos;

    ResilientSpinLock(LockLayout layout, LockWords words, int word, long timeoutNanos) {
        this.layout = layout;
        this.held = new HeldTables(layout, words);
        this.words = words;
        this.word = word;
        this.timeoutNanos = timeoutNanos;
    }

    /** {@return locks that share the CPUs' queue nodes and know of each other: deadlocks are found among them} */
    public static ResilientSpinLock[] sharing(int locks, int cpus) {
        return sharing(locks, cpus, TIMEOUT);
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

    @Override
    public Result lock(int cpu) {
        held.note(cpu, word); // [0] others look at the table
        int val = words.compareAndExchangeAcquire(word, 0, LOCKED); // [1] acquires
        Result result = val == 0 ? Result.TAKEN : slowPath(cpu, val);
        if (result != Result.TAKEN) {
            held.forget(cpu); // [25]
        }
        return result;
    }

    private Result slowPath(int cpu, int seen) {
        int val = seen == PENDING ? words.opaque(word) : seen; // [2]
        if ((val & ~LOCKED_MASK) != 0) {
            return queue(cpu);
        }
        val = words.getAndOrAcquire(word, PENDING); // [3] acquires: the lock may be free already
        if ((val & ~LOCKED_MASK) != 0) {
            if ((val & PENDING_MASK) == 0) {
                words.getAndSetBits(word, PENDING_MASK, 0); // [4] clear_pending
            }
            return queue(cpu);
        }
        if ((val & LOCKED_MASK) != 0) {
            long start = System.nanoTime();
            while ((words.acquire(word) & LOCKED_MASK) != 0) { // [5] acquires from [20]
                Result refusal = look(cpu, start, timeoutNanos);
                if (refusal != Result.TAKEN) {
                    words.getAndSetBits(word, PENDING_MASK, 0); // [21] clear_pending
                    return refusal;
                }
            }
        }
        words.getAndSetBits(word, ~TAIL_MASK, LOCKED); // [6] clear_pending_set_locked
        return Result.TAKEN;
    }

    /** {@return why one who waits for what is not so yet cannot go on; TAKEN when it may still take the lock} */
    private Result look(int cpu, long start, long limit) {
        if (held.twice(cpu, word) || held.crossed(cpu, word)) {
            return Result.EDEADLK;
        }
        if (System.nanoTime() - start > limit) {
            return Result.ETIMEDOUT;
        }
        Thread.onSpinWait();
        return Result.TAKEN;
    }

    private Result queue(int cpu) {
        if (held.twice(cpu, word)) {
            return Result.EDEADLK;
        }
        int index = words.plain(layout.count(cpu)); // only this CPU's contexts, which nest
        words.plain(layout.count(cpu), index + 1);
        try {
            if (index >= LockLayout.NODES) {
                return takenAtOnce() ? Result.TAKEN : Result.EDEADLK; // [18], [19]
            }
            words.plain(layout.locked(cpu, index), 0); // published by [9]
            words.plain(layout.next(cpu, index), 0);
            return takenAtOnce() ? Result.TAKEN : waitInQueue(cpu, index); // [7], [8]
        } finally {
            words.plain(layout.count(cpu), index);
        }
    }

    private boolean takenAtOnce() {
        return words.opaque(word) == 0 && words.compareAndSetAcquire(word, 0, LOCKED);
    }

    private Result waitInQueue(int cpu, int index) {
        int tail = LockLayout.tail(cpu, index);
        int prev = words.getAndSetBits(word, TAIL_MASK, tail << TAIL_SHIFT) >>> TAIL_SHIFT; // [9] xchg_tail, after smp_wmb()
        int next = 0;
        if (prev != 0) {
            words.release(layout.next(LockLayout.cpuOf(prev), LockLayout.indexOf(prev)), tail); // [10] WRITE_ONCE(prev->next)
            if (awaited(layout.locked(cpu, index)) == ResilientMachine.TOO_LONG) { // [11] acquires from [17]
                return withdrawn(cpu, index, Result.ETIMEDOUT);
            }
            next = words.opaque(layout.next(cpu, index)); // [12]
        }
        int val;
        long start = System.nanoTime();
        while (((val = words.acquire(word)) & ~TAIL_MASK) != 0) { // [13] acquires from [20]
            Result refusal = look(cpu, start, timeoutNanos * 2);
            if (refusal != Result.TAKEN) {
                return withdrawn(cpu, index, refusal);
            }
        }
        if (val >>> TAIL_SHIFT == tail && words.compareAndSet(word, val, LOCKED)) { // [14]
            return Result.TAKEN;
        }
        words.getAndOrAcquire(word, LOCKED); // [15] set_locked
        if (next == 0) {
            next = awaited(layout.next(cpu, index)); // [16]
        }
        tell(next, 1); // [17] releases to [11]
        return Result.TAKEN;
    }

    /** The head leaves the queue. */
    private Result withdrawn(int cpu, int index, Result why) {
        if (!words.compareAndSetBits(word, TAIL_MASK, LockLayout.tail(cpu, index) << TAIL_SHIFT, 0)) { // [22] try_cmpxchg_tail
            tell(awaited(layout.next(cpu, index)), why == Result.ETIMEDOUT ? ResilientMachine.TOO_LONG : 1); // [23], [24]
        }
        return why;
    }

    private void tell(int node, int what) {
        words.release(layout.locked(LockLayout.cpuOf(node), LockLayout.indexOf(node)), what);
    }

    private int awaited(int place) {
        var spin = new SpinLimit();
        int value;
        while ((value = words.acquire(place)) == 0) {
            spin.look();
        }
        return value;
    }

    @Override
    public void unlock(int cpu) {
        words.getAndSetBits(word, LOCKED_MASK, 0); // [20] smp_store_release(&lock->locked, 0)
        held.forget(cpu); // [26]
    }
}
