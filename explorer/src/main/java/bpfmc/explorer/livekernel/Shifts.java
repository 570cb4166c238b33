package bpfmc.explorer.livekernel;

import java.util.Random;

/**
 * How much later one agent begins than the other, in nanoseconds. Half of the rounds try any shift; the others those that have shown what
 * is seldom seen: how long each CPU takes to get at the memory that the other one has just used is not known beforehand.
 */
final class Shifts {
    private static final int STEP = 40;
    private static final int WIDEST = 1200;
    private static final int BUCKETS = 2 * WIDEST / STEP;

    private final Random random;
    private final long[] seldom = new long[BUCKETS];
    private long all;
    private int bucket;

    Shifts(Random random) {
        this.random = random;
    }

    /** {@return how much later the second agent begins; below 0 where the first one does} */
    int next() {
        bucket = all == 0 || random.nextBoolean() ? random.nextInt(BUCKETS) : learned(random.nextLong(all));
        return bucket * STEP - WIDEST + random.nextInt(STEP);
    }

    private int learned(long which) {
        int chosen = 0;
        for (long left = which - seldom[0]; left >= 0; left -= seldom[chosen]) {
            chosen++;
        }
        return chosen;
    }

    /** The last shift has shown what is seldom seen. */
    void shown() {
        seldom[bucket]++;
        all++;
    }
}
