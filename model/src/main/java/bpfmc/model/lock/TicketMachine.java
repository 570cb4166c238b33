package bpfmc.model.lock;

/**
 * A ticket lock (include/asm-generic/ticket_spinlock.h): the upper half of the word is the next ticket, the lower half the one
 * that is served.
 */
record TicketMachine(Defect defect) implements LockMachine {
    private static final int HALF = 0xffff;
    private static final int AWAIT = 3;
    private static final int SERVE_NEXT = 4;
    private static final int STORE_TICKET = 5;

    @Override
    public String name() {
        return "ticket";
    }

    @Override
    public boolean fair() {
        return true;
    }

    /** The ticket that is served is the next one to be drawn. */
    @Override
    public boolean free(int word) {
        return word >>> 16 == (word & HALF);
    }

    @Override
    public boolean queuedAt(int before, int after) {
        return before == OUT && after != STORE_TICKET || before == STORE_TICKET;
    }

    @Override
    public String says(int pc) {
        return switch (pc) {
            case OUT -> "[1] draws a ticket";
            case STORE_TICKET -> "[1b] stores the ticket drawn";
            case AWAIT -> "[2] waits until its ticket is served";
            case IN -> "[3] reads the ticket served";
            case SERVE_NEXT -> "[4] serves the next ticket";
            default -> throw new IllegalStateException("no step " + pc);
        };
    }

    @Override
    public boolean step(int[] words, int[] local, Context at, int lock) {
        switch (local[PC]) {
            case OUT -> { // [1] val = atomic_fetch_add(1 << 16, lock)
                int old = words[lock];
                if (defect == Defect.PLAIN_INCREMENT) {
                    local[VALUE] = old;
                    local[PC] = STORE_TICKET;
                } else {
                    draw(words, local, lock, old);
                }
            }
            case STORE_TICKET -> draw(words, local, lock, local[VALUE]);
            case AWAIT -> { // [2] atomic_cond_read_acquire(lock, ticket == (u16)VAL)
                if ((words[lock] & HALF) != local[OTHER]) {
                    return false;
                }
                taken(local);
            }
            case IN -> { // [3] val = atomic_read(lock)
                local[VALUE] = words[lock] & HALF;
                local[PC] = SERVE_NEXT;
            }
            case SERVE_NEXT -> { // [4] smp_store_release(ptr, (u16)val + 1): the lower half alone
                words[lock] = words[lock] & ~HALF | local[VALUE] + 1 & HALF;
                local[VALUE] = 0;
                local[PC] = OUT;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }

    private static void draw(int[] words, int[] local, int lock, int old) {
        words[lock] = (old >>> 16) + 1 << 16 & Integer.MAX_VALUE | old & HALF;
        local[VALUE] = 0;
        if (old >>> 16 == (old & HALF)) {
            taken(local);
        } else {
            local[OTHER] = old >>> 16;
            local[PC] = AWAIT;
        }
    }

    private static void taken(int[] local) {
        local[OTHER] = 0;
        local[PC] = IN;
    }
}
