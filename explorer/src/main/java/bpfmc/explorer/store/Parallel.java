package bpfmc.explorer.store;

import java.util.function.IntConsumer;

/** Runs tasks at the same time. */
public interface Parallel {
    /** One task after the other. */
    Parallel NOT = new Parallel() {
        @Override
        public int threads() {
            return 1;
        }

        @Override
        public void run(int count, IntConsumer task) {
            for (int n = 0; n < count; n++) {
                task.accept(n);
            }
        }
    };

    /** {@return how many tasks run at the same time, at most} */
    int threads();

    /** Runs a task for each number from 0 to {@code count} - 1, and returns when all have ended. What one of them throws is thrown. */
    void run(int count, IntConsumer task);
}
