package bpfmc.model.lock;

/**
 * The lock of kernels without queued spin locks (kernel/bpf/helpers.c, __bpf_spin_lock): waits until the word reads zero, then
 * exchanges it for one; takes the lock if it was still zero. A release is a store of zero.
 */
record TrivialMachine(Defect defect) implements LockMachine {
    private static final int EXCHANGE = 3;

    @Override
    public String name() {
        return "trivial";
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
    public String says(int pc) {
        return switch (pc) {
            case OUT -> "[1] waits until the word reads 0";
            case EXCHANGE -> "[2] exchanges the word for 1";
            case IN -> "[3] stores 0";
            default -> throw new IllegalStateException("no step " + pc);
        };
    }

    @Override
    public boolean step(int[] words, int[] local, Context at, int lock) {
        switch (local[PC]) {
            case OUT -> { // [1] atomic_cond_read_relaxed(l, !VAL)
                if (words[lock] != 0) {
                    return false;
                }
                local[PC] = EXCHANGE;
            }
            case EXCHANGE -> { // [2] atomic_xchg(l, 1)
                int old = defect == Defect.NO_EXCHANGE ? 0 : words[lock];
                words[lock] = 1;
                local[PC] = old == 0 ? IN : OUT;
            }
            case IN -> { // [3] atomic_set_release(l, 0)
                words[lock] = 0;
                local[PC] = OUT;
            }
            default -> throw new IllegalStateException("no step " + local[PC]);
        }
        return true;
    }
}
