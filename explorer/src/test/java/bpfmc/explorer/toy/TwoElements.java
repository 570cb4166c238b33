package bpfmc.explorer.toy;

import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import java.util.Arrays;

/**
 * N threads; each picks one of two elements, takes its lock, compares its two fields, increments one after the other by
 * a load and a store each, and lets go. States are counted as by Spin: 152, 956, 4464, ... for 2, 3, 4, ... threads.
 * Written the way a real system would be: one id for the shared memory, one for each thread.
 *
 * <pre>
 * shared = ((((lock0 * 2 + lock1) * F + a0) * F + b0) * F + a1) * F + b1       F = N + 1
 * thread = 0 not begun | 1 done | 2 + element * E + inside                     E = 4 + 2 N
 * inside = 0 before the comparison | 1 before load a | 2 before load b | 3 before unlock
 *        | 4 + t before store a | 4 + N + t before store b                     t = the value loaded
 * </pre>
 */
public final class TwoElements implements TransitionSystem {
    private static final int DONE = 1;

    private final int threads;
    private final int fields;
    private final int perElement;
    private final int[] next;

    public TwoElements(int threads) {
        this.threads = threads;
        fields = threads + 1;
        perElement = 4 + 2 * threads;
        next = new int[width()];
    }

    @Override
    public int width() {
        return threads + 1;
    }

    @Override
    public void initial(int[] state) {
        Arrays.fill(state, 0);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        System.arraycopy(state, 0, next, 0, next.length);
        for (int thread = 0; thread < threads; thread++) {
            int at = state[1 + thread];
            if (at == 0) {
                acquire(state[0], thread, 0, sink);
                acquire(state[0], thread, 1, sink);
            } else if (at != DONE) {
                inside(state[0], thread, (at - 2) / perElement, (at - 2) % perElement, sink);
            }
            next[0] = state[0];
            next[1 + thread] = at;
        }
    }

    private void acquire(int shared, int thread, int element, Successors sink) {
        int lock = lockUnit(element);
        if (shared / lock % 2 == 0) {
            tell(thread, element, shared + lock, 2 + element * perElement, sink);
        }
    }

    private void inside(int shared, int thread, int element, int inside, Successors sink) {
        int base = 2 + element * perElement;
        int a = element == 0 ? fields * fields * fields : fields;
        int b = a / fields;
        if (inside == 0) {
            tell(thread, 0, shared, base + 1, sink);
        } else if (inside == 1) {
            tell(thread, 0, shared, base + 4 + shared / a % fields, sink);
        } else if (inside == 2) {
            tell(thread, 0, shared, base + 4 + threads + shared / b % fields, sink);
        } else if (inside == 3) {
            tell(thread, 0, shared - lockUnit(element), DONE, sink);
        } else if (inside < 4 + threads) {
            tell(thread, 0, store(shared, a, inside - 4 + 1), base + 2, sink);
        } else {
            tell(thread, 0, store(shared, b, inside - 4 - threads + 1), base + 3, sink);
        }
    }

    private int store(int shared, int unit, int value) {
        return shared + (value - shared / unit % fields) * unit;
    }

    private int lockUnit(int element) {
        int locks = fields * fields * fields * fields;
        return element == 0 ? 2 * locks : locks;
    }

    private void tell(int thread, int choice, int shared, int at, Successors sink) {
        next[0] = shared;
        next[1 + thread] = at;
        sink.accept(thread, choice, next);
    }
}
