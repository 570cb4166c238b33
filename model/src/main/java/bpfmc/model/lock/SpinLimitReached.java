package bpfmc.model.lock;

/** A lock was waited for longer than any test can need: it was never released, or nobody saw that it was. */
public final class SpinLimitReached extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SpinLimitReached() {
        super("a lock was waited for too long");
    }
}
