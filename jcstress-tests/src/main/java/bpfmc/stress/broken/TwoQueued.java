package bpfmc.stress.broken;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** An MCS lock for two threads with one of two faults or none, whose spins give up soon. */
public final class TwoQueued {
    /** What is wrong. */
    public enum Fault { NONE, TAIL_SWAPPED_BY_LOAD_AND_STORE, HAND_OVER_WITHOUT_LINK }

    private static final int PATIENCE = 1 << 12;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int TAIL = 0;

    /** The tail, then for each thread whether it has been given the lock, and who is next. */
    private final int[] words = new int[5];
    private final Fault fault;

    public TwoQueued(Fault fault) {
        this.fault = fault;
    }

    private static int given(int cpu) {
        return 1 + 2 * cpu;
    }

    private static int next(int cpu) {
        return 2 + 2 * cpu;
    }

    /** {@return whether the lock was given; false when nobody did so for long} */
    public boolean lock(int cpu) {
        WORDS.setOpaque(words, given(cpu), 0);
        WORDS.setOpaque(words, next(cpu), 0);
        int old = swapTail(cpu + 1);
        if (old == 0) {
            return true;
        }
        WORDS.setRelease(words, next(old - 1), cpu + 1);
        for (int i = 0; i < PATIENCE; i++) {
            if ((int) WORDS.getAcquire(words, given(cpu)) != 0) {
                return true;
            }
            if (i % 64 == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        return false;
    }

    private int swapTail(int tail) {
        if (fault != Fault.TAIL_SWAPPED_BY_LOAD_AND_STORE) {
            return (int) WORDS.getAndSet(words, TAIL, tail);
        }
        int old = (int) WORDS.getOpaque(words, TAIL);
        WORDS.setOpaque(words, TAIL, tail);
        return old;
    }

    public void unlock(int cpu) {
        if (WORDS.compareAndSet(words, TAIL, cpu + 1, 0)) {
            return;
        }
        int next = (int) WORDS.getAcquire(words, next(cpu));
        for (int i = 0; next == 0 && fault != Fault.HAND_OVER_WITHOUT_LINK && i < PATIENCE; i++) {
            Thread.onSpinWait();
            next = (int) WORDS.getAcquire(words, next(cpu));
        }
        if (next != 0) {
            WORDS.setRelease(words, given(next - 1), 1);
        }
    }
}
