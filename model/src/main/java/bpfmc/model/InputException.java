package bpfmc.model;

/**
 * The input is wrong: an object, a scenario or an option that bpfmc cannot accept as it stands. Its message reads as a
 * path of names to the fault ("section .BTF: type 12: string offset 9000 is outside the string table of 120 bytes").
 *
 * <p>Everything else that escapes is a fault of bpfmc itself; nothing finer is needed until a handler asks for it.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    /** The same fault, seen from one level further out: {@code where: message}. */
    public InputException within(String where) {
        return new InputException(where + ": " + getMessage());
    }
}
