package bpfmc.explorer.axiomatic;

/** Something is larger than what is followed, so there is no result. The message says what. */
public final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LimitReached(String message) {
        super(message, null, false, false);
    }
}
