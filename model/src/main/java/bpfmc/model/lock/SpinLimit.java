package bpfmc.model.lock;

/** How long a lock may spin before it gives up: a broken lock must not eat the time of those who test it. */
final class SpinLimit {
    /** Some seconds. */
    static final int LOOKS = 1 << 24;
    private static final int BETWEEN_YIELDS = 1 << 8;

    private final int limit;
    private int looks;

    SpinLimit() {
        this(LOOKS);
    }

    SpinLimit(int limit) {
        this.limit = limit;
    }

    /** One more look. @throws SpinLimitReached after so many looks */
    void look() {
        if (++looks > limit) {
            throw new SpinLimitReached();
        }
        if (looks % BETWEEN_YIELDS == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
