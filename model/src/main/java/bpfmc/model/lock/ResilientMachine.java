package bpfmc.model.lock;

import static bpfmc.model.lock.QueuedMachine.AWAIT_FREE;
import static bpfmc.model.lock.QueuedMachine.AWAIT_TURN;
import static bpfmc.model.lock.QueuedMachine.AWAIT_UNLOCKED;
import static bpfmc.model.lock.QueuedMachine.ENQUEUE;
import static bpfmc.model.lock.QueuedMachine.LOCKED_MASK;
import static bpfmc.model.lock.QueuedMachine.NO_NODE;
import static bpfmc.model.lock.QueuedMachine.PENDING_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_MASK;
import static bpfmc.model.lock.QueuedMachine.TAIL_SHIFT;
import static bpfmc.model.lock.QueuedMachine.TRY_WITHOUT_NODE;

/**
 * The resilient queued spin lock (kernel/bpf/rqspinlock.c, resilient_queued_spin_lock_slowpath, and include/asm-generic/rqspinlock.h):
 * {@link QueuedMachine} whose waiters may be refused. A CPU notes the lock in its table before it tries it. The pending waiter and
 * the head of the queue look for deadlocks and at the clock; who stands behind the head only waits for what the head says. A head
 * that sees a deadlock lets its successor be head; one that has waited too long sends everybody behind it away.
 *
 * <p>As in Linux 7.2: since 6.19 the lock is noted before it is tried and until after it is released, AA is looked for before
 * queueing, a deadlock no longer empties the queue, an NMI does not queue over a waiter that it has interrupted, and who gets no
 * node tries once. That a head without successor resets the tail when it sees a deadlock is new in 7.2.
 */
record ResilientMachine(QueuedMachine queue, HeldLocks held, Defect defect) implements LockMachine {
    /** RES_TIMEOUT_VAL: what a head that has waited too long stores where it would store 1 to hand over. */
    static final int TOO_LONG = 2;

    private static final int TRY = 21;
    private static final int CLEAR_PENDING = 22;
    private static final int RESET_TAIL = 23;
    private static final int AWAIT_SUCCESSOR = 24;
    private static final int PASS_ON = 25;
    private static final int FORGET_REFUSED = 26;
    private static final int FORGET = 27;

    static ResilientMachine of(LockLayout layout, Defect defect) {
        return new ResilientMachine(new QueuedMachine(layout, Defect.NONE), new HeldLocks(layout), defect);
    }

    @Override
    public String name() {
        return "resilient";
    }

    @Override
    public boolean fair() {
        return true;
    }

    @Override
    public boolean queuedAt(int before, int after) {
        return queue.queuedAt(before == TRY ? OUT : before, after);
    }

    @Override
    public boolean givesUp(int pc) {
        return pc == REFUSED || pc >= CLEAR_PENDING && pc <= FORGET_REFUSED;
    }

    @Override
    public boolean released(int pc) {
        return pc == FORGET;
    }

    @Override
    public String says(int pc) {
        return switch (pc) {
            case OUT -> "[0] notes the lock in the CPU's table";
            case TRY -> queue.says(OUT);
            case AWAIT_UNLOCKED, AWAIT_FREE -> queue.says(pc) + ", looks for a deadlock";
            case NO_NODE -> "[18] no queue node: reads the word once";
            case CLEAR_PENDING -> "[21] clears the pending byte";
            case RESET_TAIL -> "[22] exchanges its own tail for none";
            case AWAIT_SUCCESSOR -> "[23] waits until its successor is linked";
            case PASS_ON -> "[24] lets its successor be head, or sends it away";
            case FORGET_REFUSED -> "[25] takes the refused lock off the CPU's table";
            case FORGET -> "[26] takes the lock off the CPU's table";
            default -> queue.says(pc);
        };
    }

    @Override
    public int renamedWord(int word, int[] cpus) {
        return queue.renamedWord(word, cpus);
    }

    @Override
    public int renamedOfCpu(int place, int word, int[] cpus) {
        return queue.renamedOfCpu(place, word, cpus);
    }

    /** An error is no number with a tail. */
    @Override
    public int renamedLocal(int which, int local, int[] cpus) {
        return queue.renamedLocal(which, local, cpus);
    }

    @Override
    public boolean step(int[] words, int[] local, Context at, int lock) {
        int val = words[lock];
        switch (local[PC]) {
            case OUT -> { // [0] grab_held_lock_entry(lock)
                held.note(words, at.cpu(), lock);
                local[PC] = TRY;
            }
            case TRY -> { // [1] res_spin_lock: atomic_try_cmpxchg_acquire(&lock->val, 0, _Q_LOCKED_VAL)
                local[PC] = OUT;
                return queue.step(words, local, at, lock);
            }
            case AWAIT_UNLOCKED -> { // [5] res_smp_cond_load_acquire(&lock->locked, !VAL || RES_CHECK_TIMEOUT)
                if ((val & LOCKED_MASK) == 0) {
                    return queue.step(words, local, at, lock);
                }
                return deadlock(words, at, lock) && refuse(local, EDEADLK, CLEAR_PENDING);
            }
            case ENQUEUE -> { // [7] check_deadlock_AA(lock); idx >= _Q_MAX_NODES || (in_nmi() && idx > 0)
                if (looks() && held.twice(words, at.cpu(), lock)) {
                    return refuse(local, EDEADLK, FORGET_REFUSED);
                }
                if (at.nmi() && words[nodes(at)] > 0) {
                    words[nodes(at)]++;
                    local[PC] = NO_NODE;
                    return true;
                }
                return queue.step(words, local, at, lock);
            }
            case NO_NODE, TRY_WITHOUT_NODE -> { // [18], [19] if (!queued_spin_trylock(lock)) ret = -EDEADLK
                return val == 0 ? queue.step(words, local, at, lock) : refuse(local, EDEADLK, leave(words, local, at));
            }
            case AWAIT_TURN -> { // [11] val = arch_mcs_spin_lock_contended(&node->locked)
                return words[queue.layout().locked(at.cpu(), local[INDEX])] == TOO_LONG ? refuse(local, ETIMEDOUT, RESET_TAIL)
                        : queue.step(words, local, at, lock);
            }
            case AWAIT_FREE -> { // [13] res_atomic_cond_read_acquire(&lock->val, !(VAL & _Q_LOCKED_PENDING_MASK) || RES_CHECK_TIMEOUT)
                if ((val & ~TAIL_MASK) == 0) {
                    return queue.step(words, local, at, lock);
                }
                return deadlock(words, at, lock) && refuse(local, EDEADLK, defect == Defect.AWAITED_SUCCESSOR ? AWAIT_SUCCESSOR : RESET_TAIL);
            }
            case IN -> { // [20] res_spin_unlock: smp_store_release(&lock->locked, 0)
                queue.step(words, local, at, lock);
                local[PC] = FORGET;
            }
            case FORGET -> { // [26] WRITE_ONCE(rqh->locks[rqh->cnt - 1], NULL); this_cpu_dec(rqspinlock_held_locks.cnt)
                held.forget(words, at.cpu());
                local[PC] = OUT;
            }
            default -> {
                return local[PC] > TRY ? withdraw(words, local, at, lock) : queue.step(words, local, at, lock);
            }
        }
        return true;
    }

    /** What a waiter that will be refused has to put right before. */
    private boolean withdraw(int[] words, int[] local, Context at, int lock) {
        int val = words[lock];
        LockLayout layout = queue.layout();
        switch (local[PC]) {
            case CLEAR_PENDING -> { // [21] clear_pending(lock): the pending byte
                words[lock] = val & ~PENDING_MASK;
                local[PC] = FORGET_REFUSED;
            }
            case RESET_TAIL -> { // [22] try_cmpxchg_tail(lock, tail, 0)
                if (val >>> TAIL_SHIFT != LockLayout.tail(at.cpu(), local[INDEX])) {
                    local[PC] = defect == Defect.SILENT_HEAD ? leave(words, local, at) : AWAIT_SUCCESSOR;
                } else {
                    words[lock] = defect == Defect.KEPT_TAIL ? val : val & ~TAIL_MASK;
                    local[PC] = leave(words, local, at);
                }
            }
            case AWAIT_SUCCESSOR -> { // [23] next = smp_cond_load_relaxed(&node->next, VAL)
                int next = words[layout.next(at.cpu(), local[INDEX])];
                if (next == 0) {
                    return false;
                }
                local[OTHER] = next;
                local[PC] = PASS_ON;
            }
            case PASS_ON -> { // [24] arch_mcs_spin_unlock_contended(&next->locked), or WRITE_ONCE(next->locked, RES_TIMEOUT_VAL)
                words[layout.locked(LockLayout.cpuOf(local[OTHER]), LockLayout.indexOf(local[OTHER]))] = local[VALUE] == ETIMEDOUT ? TOO_LONG : 1;
                local[PC] = leave(words, local, at);
            }
            case FORGET_REFUSED -> { // [25] release_held_lock_entry()
                if (defect != Defect.KEPT_ENTRY) {
                    held.forget(words, at.cpu());
                }
                local[PC] = REFUSED;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }

    /** check_timeout looks at the clock only when what is waited for was not so. Behind the head of the queue nobody does. */
    @Override
    public boolean timeOut(int[] words, int[] local, Context at, int lock) {
        return switch (local[PC]) {
            case AWAIT_UNLOCKED -> (words[lock] & LOCKED_MASK) != 0 && refuse(local, ETIMEDOUT, CLEAR_PENDING);
            case AWAIT_FREE -> (words[lock] & ~TAIL_MASK) != 0 && refuse(local, ETIMEDOUT, RESET_TAIL);
            default -> false;
        };
    }

    private static boolean refuse(int[] local, int error, int next) {
        local[VALUE] = error;
        local[PC] = next;
        return true;
    }

    /** __this_cpu_dec(rqnodes[0].mcs.count): only the own CPU looks at it. */
    private int leave(int[] words, int[] local, Context at) {
        words[nodes(at)]--;
        local[INDEX] = 0;
        local[OTHER] = 0;
        return FORGET_REFUSED;
    }

    private int nodes(Context at) {
        return queue.layout().count(at.cpu());
    }

    private boolean looks() {
        return defect != Defect.NO_DETECTION;
    }

    private boolean deadlock(int[] words, Context at, int lock) {
        return looks() && (held.twice(words, at.cpu(), lock) || held.crossed(words, at.cpu(), lock));
    }
}
