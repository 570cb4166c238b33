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

    /**
     * An address: a region and an offset in bytes.
     *
     * @param loads which of the run's remembered shared loads its offset was computed from, or the key it was looked up by, as in
     *     {@link Scalar}: what is read there comes from them too
     */
    record Pointer(Region region, Term offset, long loads) implements Value {
        /** An address that comes from no shared load. */
        public Pointer(Region region, Term offset) {
            this(region, offset, 0);
        }

        /** {@return the same address in a region by another name, or at an offset by another name} */
        public Pointer at(Region otherRegion, Term otherOffset) {
            return new Pointer(otherRegion, otherOffset, loads);
        }
    }

    /** {@return which of the run's remembered shared loads went into it, one bit each} */
    long loads();

    /** {@return the value with other loads that it comes from} */
    default Value withLoads(long otherLoads) {
        return switch (this) {
            case Scalar s -> new Scalar(s.term(), otherLoads);
            case Pointer p -> new Pointer(p.region(), p.offset(), otherLoads);
        };
    }

    /** {@return the value when it comes from these loads too} */
    default Value from(long more) {
        return (more & ~loads()) == 0 ? this : withLoads(loads() | more);
    }

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
