package bpfmc.model.lock;

/** How long a lock may spin before it gives up: a broken lock must not eat the time of those who test it. */
final class SpinLimit {
    private static final int LOOKS = 1 << 24;
    private static final int BETWEEN_YIELDS = 1 << 8;

    private int looks;

    /** One more look. @throws SpinLimitReached after some seconds of looking */
    void look() {
        if (++looks > LOOKS) {
            throw new SpinLimitReached();
        }
        if (looks % BETWEEN_YIELDS == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
