package bpfmc.model.lock;

/**
 * The kernel's queued spin lock (kernel/locking/qspinlock.c and include/asm-generic/qspinlock.h of Linux 6.15, with
 * _Q_PENDING_BITS == 8): bits 0 to 7 of the word are the locked byte, 8 to 15 the pending byte, 16 to 31 the tail, which names
 * the CPU and the queue node of who came last. The first waiter spins on the word with the pending bit set, all others queue.
 *
 * <p>Stores to single bytes and halves of the word are single steps that leave the rest alone. What only the own CPU sees (the
 * count of nodes in use, the node before its tail is published) belongs to the step that follows or precedes. The bounded look
 * at a hand-over in progress (_Q_PENDING_LOOPS) looks once: any number of looks has the outcomes of one.
 */
record QueuedMachine(LockLayout layout, Defect defect) implements LockMachine {
    static final int LOCKED = 1;
    static final int LOCKED_MASK = 0xff;
    static final int PENDING = 0x100;
    static final int PENDING_MASK = 0xff00;
    static final int TAIL_SHIFT = 16;
    static final int TAIL_MASK = 0xffff << TAIL_SHIFT;

    private static final int LOOK_AGAIN = 3;
    private static final int SET_PENDING = 4;
    private static final int UNDO_PENDING = 5;
    static final int AWAIT_UNLOCKED = 6;
    private static final int CLEAR_PENDING_SET_LOCKED = 7;
    static final int ENQUEUE = 8;
    private static final int TRY_AGAIN = 9;
    private static final int SWAP_TAIL = 10;
    private static final int LINK = 11;
    static final int AWAIT_TURN = 12;
    private static final int READ_NEXT = 13;
    static final int AWAIT_FREE = 14;
    private static final int LEAVE_QUEUE = 15;
    private static final int SET_LOCKED = 16;
    private static final int AWAIT_LINK = 17;
    private static final int HAND_OVER = 18;
    static final int NO_NODE = 19;
    static final int TRY_WITHOUT_NODE = 20;

    @Override
    public String name() {
        return "queued";
    }

    @Override
    public boolean fair() {
        return true;
    }

    /** The pending bit and the place in the queue are won by atomic operations on the word; from there on the order is set. */
    @Override
    public boolean queuedAt(int before, int after) {
        return before == SET_PENDING && (after == AWAIT_UNLOCKED || after == CLEAR_PENDING_SET_LOCKED) || before == SWAP_TAIL
                || after == IN && (before == OUT || before == TRY_AGAIN || before == TRY_WITHOUT_NODE);
    }

    @Override
    public String says(int pc) {
        return switch (pc) {
            case OUT -> "[1] exchanges 0 for locked";
            case LOOK_AGAIN -> "[2] looks again at a hand-over";
            case SET_PENDING -> "[3] sets the pending bit";
            case UNDO_PENDING -> "[4] clears the pending byte again";
            case AWAIT_UNLOCKED -> "[5] waits until the locked byte is 0";
            case CLEAR_PENDING_SET_LOCKED -> "[6] stores locked over the pending and locked bytes";
            case ENQUEUE -> "[7] takes a queue node, reads the word";
            case TRY_AGAIN -> "[8] exchanges 0 for locked";
            case SWAP_TAIL -> "[9] exchanges the tail for its own";
            case LINK -> "[10] links itself behind its predecessor";
            case AWAIT_TURN -> "[11] waits for the hand-over";
            case READ_NEXT -> "[12] reads its successor";
            case AWAIT_FREE -> "[13] waits until nobody owns the lock or is pending";
            case LEAVE_QUEUE -> "[14] exchanges its own tail for locked";
            case SET_LOCKED -> "[15] sets the locked byte";
            case AWAIT_LINK -> "[16] waits until its successor is linked";
            case HAND_OVER -> "[17] hands over to its successor";
            case NO_NODE -> "[18] no node left: waits until the word reads 0";
            case TRY_WITHOUT_NODE -> "[19] exchanges 0 for locked";
            case IN -> "[20] clears the locked byte";
            default -> throw new IllegalStateException("no step " + pc);
        };
    }

    @Override
    public int renamedWord(int word, int[] cpus) {
        return word & ~TAIL_MASK | LockLayout.renamedTail(word >>> TAIL_SHIFT, cpus) << TAIL_SHIFT;
    }

    @Override
    public int renamedOfCpu(int place, int word, int[] cpus) {
        return LockLayout.namesNext(place) ? LockLayout.renamedTail(word, cpus) : word;
    }

    /** What it has read is a lock word, the other node a tail. */
    @Override
    public int renamedLocal(int which, int local, int[] cpus) {
        return which == VALUE ? renamedWord(local, cpus) : which == OTHER ? LockLayout.renamedTail(local, cpus) : local;
    }

    @Override
    public boolean step(int[] words, int[] local, Context at, int lock) {
        int val = words[lock];
        switch (local[PC]) {
            case OUT -> { // [1] queued_spin_lock: atomic_try_cmpxchg_acquire(&lock->val, 0, _Q_LOCKED_VAL)
                if (val == 0) {
                    words[lock] = LOCKED;
                    local[PC] = IN;
                } else {
                    local[PC] = val == PENDING ? LOOK_AGAIN : contended(val) ? ENQUEUE : SET_PENDING;
                }
            }
            case LOOK_AGAIN -> // [2] atomic_cond_read_relaxed(&lock->val, VAL != _Q_PENDING_VAL || !cnt--)
                local[PC] = contended(val) ? ENQUEUE : SET_PENDING;
            case SET_PENDING -> { // [3] queued_fetch_set_pending_acquire
                words[lock] = val | PENDING;
                local[PC] = !contended(val) ? (val & LOCKED_MASK) != 0 ? AWAIT_UNLOCKED : CLEAR_PENDING_SET_LOCKED
                        : (val & PENDING_MASK) == 0 ? UNDO_PENDING : ENQUEUE;
            }
            case UNDO_PENDING -> { // [4] clear_pending: the pending byte
                words[lock] = val & ~PENDING_MASK;
                local[PC] = ENQUEUE;
            }
            case AWAIT_UNLOCKED -> { // [5] smp_cond_load_acquire(&lock->locked, !VAL)
                if ((val & LOCKED_MASK) != 0) {
                    return false;
                }
                local[PC] = CLEAR_PENDING_SET_LOCKED;
            }
            case CLEAR_PENDING_SET_LOCKED -> { // [6] WRITE_ONCE(lock->locked_pending, _Q_LOCKED_VAL): the lower half
                words[lock] = val & TAIL_MASK | LOCKED;
                local[PC] = IN;
            }
            default -> {
                return queue(words, local, at.cpu(), lock);
            }
        }
        return true;
    }

    private static boolean contended(int val) {
        return (val & ~LOCKED_MASK) != 0;
    }

    private boolean queue(int[] words, int[] local, int cpu, int lock) {
        int val = words[lock];
        int tail = LockLayout.tail(cpu, local[INDEX]);
        int node = local[INDEX];
        switch (local[PC]) {
            case ENQUEUE -> { // [7] node = grab_mcs_node(node->count++); queued_spin_trylock reads the word
                int index = defect == Defect.NODE_IGNORES_LEVEL ? 0 : words[layout.count(cpu)];
                words[layout.count(cpu)]++;
                if (index >= LockLayout.NODES) {
                    local[PC] = NO_NODE;
                    return true;
                }
                local[INDEX] = index;
                words[layout.locked(cpu, index)] = 0;
                words[layout.next(cpu, index)] = 0;
                local[PC] = val == 0 ? TRY_AGAIN : SWAP_TAIL;
            }
            case TRY_AGAIN -> { // [8] queued_spin_trylock: atomic_try_cmpxchg_acquire
                if (val == 0) {
                    words[lock] = LOCKED;
                    taken(words, local, cpu);
                } else {
                    local[PC] = SWAP_TAIL;
                }
            }
            case SWAP_TAIL -> { // [9] old = xchg_tail(lock, tail): the upper half
                words[lock] = val & ~TAIL_MASK | tail << TAIL_SHIFT;
                local[OTHER] = val >>> TAIL_SHIFT;
                local[PC] = local[OTHER] != 0 ? LINK : AWAIT_FREE;
            }
            case LINK -> { // [10] WRITE_ONCE(prev->next, node)
                words[layout.next(LockLayout.cpuOf(local[OTHER]), LockLayout.indexOf(local[OTHER]))] = tail;
                local[OTHER] = 0;
                local[PC] = AWAIT_TURN;
            }
            case AWAIT_TURN -> { // [11] arch_mcs_spin_lock_contended(&node->locked)
                if (words[layout.locked(cpu, node)] == 0) {
                    return false;
                }
                local[PC] = READ_NEXT;
            }
            case READ_NEXT -> { // [12] next = READ_ONCE(node->next)
                local[OTHER] = words[layout.next(cpu, node)];
                local[PC] = AWAIT_FREE;
            }
            case AWAIT_FREE -> { // [13] atomic_cond_read_acquire(&lock->val, !(VAL & _Q_LOCKED_PENDING_MASK))
                if ((val & ~TAIL_MASK) != 0) {
                    return false;
                }
                local[VALUE] = val;
                local[PC] = val >>> TAIL_SHIFT == tail ? LEAVE_QUEUE : SET_LOCKED;
            }
            default -> {
                return head(words, local, cpu, lock);
            }
        }
        return true;
    }

    private boolean head(int[] words, int[] local, int cpu, int lock) {
        int val = words[lock];
        switch (local[PC]) {
            case LEAVE_QUEUE -> { // [14] atomic_try_cmpxchg_relaxed(&lock->val, &val, _Q_LOCKED_VAL)
                if (val == local[VALUE] || defect == Defect.LOST_TAIL) {
                    words[lock] = LOCKED;
                    taken(words, local, cpu);
                } else {
                    local[PC] = SET_LOCKED;
                }
            }
            case SET_LOCKED -> { // [15] set_locked: the locked byte
                words[lock] = val & ~LOCKED_MASK | LOCKED;
                if (local[OTHER] != 0) {
                    local[PC] = HAND_OVER;
                } else if (defect == Defect.EARLY_HAND_OVER) {
                    taken(words, local, cpu);
                } else {
                    local[PC] = AWAIT_LINK;
                }
            }
            case AWAIT_LINK -> { // [16] smp_cond_load_relaxed(&node->next, VAL)
                int next = words[layout.next(cpu, local[INDEX])];
                if (next == 0) {
                    return false;
                }
                local[OTHER] = next;
                local[PC] = HAND_OVER;
            }
            case HAND_OVER -> { // [17] arch_mcs_spin_unlock_contended(&next->locked); __this_cpu_dec(count)
                words[layout.locked(LockLayout.cpuOf(local[OTHER]), LockLayout.indexOf(local[OTHER]))] = 1;
                taken(words, local, cpu);
            }
            case NO_NODE -> { // [18] while (!queued_spin_trylock(lock)): reads zero
                if (val != 0) {
                    return false;
                }
                local[PC] = TRY_WITHOUT_NODE;
            }
            case TRY_WITHOUT_NODE -> { // [19] and exchanges it
                if (val == 0) {
                    words[lock] = LOCKED;
                    taken(words, local, cpu);
                } else {
                    local[PC] = NO_NODE;
                }
            }
            case IN -> { // [20] queued_spin_unlock: smp_store_release(&lock->locked, 0)
                words[lock] = val & ~LOCKED_MASK;
                local[PC] = OUT;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }

    private void taken(int[] words, int[] local, int cpu) {
        words[layout.count(cpu)]--;
        local[VALUE] = 0;
        local[INDEX] = 0;
        local[OTHER] = 0;
        local[PC] = IN;
    }
}
