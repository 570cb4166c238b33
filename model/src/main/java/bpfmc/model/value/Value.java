package bpfmc.model.value;

/** The content of a register, of a stack slot or of a map cell. */
public sealed interface Value {

    /**
     * A number.
     *
     * @param loads which of the run's remembered shared loads went into it, one bit each
     *     ({@code bpfmc.model.machine.PrivateState#loads}); 0 in shared memory
     */
    record Scalar(Term term, long loads) implements Value {}

    /** An address: a region and an offset in bytes. */
    record Pointer(Region region, Term offset) implements Value {}

    static Scalar of(Term term) {
        return new Scalar(term, 0);
    }

    static Scalar of(long value) {
        return new Scalar(Terms.constant(value), 0);
    }

    static Pointer to(Region region, long offset) {
        return new Pointer(region, Terms.constant(offset));
    }

    /** {@return whether the value is the known number} */
    default boolean is(long number) {
        return this instanceof Scalar s && s.term() instanceof Constant c && c.value() == number;
    }
}
