package bpfmc.model.value;

/** A 64-bit value as a function of unknowns, in normal form: equal terms are equal for every value of the unknowns. */
public sealed interface Term extends Comparable<Term> permits Constant, Symbol, Sum, Extract, Apply {

    /** {@return whether the value is known} */
    default boolean isConstant() {
        return this instanceof Constant;
    }

    /** A total order with no meaning, for canonical forms. */
    @Override
    default int compareTo(Term other) {
        return TermOrder.compare(this, other);
    }
}
