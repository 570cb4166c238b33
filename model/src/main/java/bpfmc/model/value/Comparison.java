package bpfmc.model.value;

import bpfmc.model.value.Apply.Operator;
import java.util.function.Function;

/** A condition on terms; every conditional jump of the instruction set is one of these, or its negation. */
public record Comparison(Order order, Term left, Term right) {
    public enum Order {
        EQUAL, LESS_UNSIGNED, LESS_SIGNED;

        public boolean test(long a, long b) {
            return switch (this) {
                case EQUAL -> a == b;
                case LESS_UNSIGNED -> Long.compareUnsigned(a, b) < 0;
                case LESS_SIGNED -> a < b;
            };
        }
    }

    /** A comparison, or its negation. */
    public record Literal(Comparison comparison, boolean holds) {
        public Literal negated() {
            return new Literal(comparison, !holds);
        }

        /** {@return the literal with its unknowns by other names} */
        public Literal rename(Function<Symbol, Symbol> names) {
            Term a = Terms.substitute(comparison.left(), names);
            Term b = Terms.substitute(comparison.right(), names);
            return comparison.order() == Order.EQUAL ? equal(a, b, holds) : new Literal(new Comparison(comparison.order(), a, b), holds);
        }

        @Override
        public String toString() {
            return holds ? comparison.toString() : "not " + comparison;
        }
    }

    /** {@return the literal for a conditional jump's test of 64-bit or, already cut to 32 bits, of narrow operands} */
    public static Literal of(bpfmc.model.isa.Condition condition, Term a, Term b) {
        return switch (condition) {
            case EQ -> equal(a, b, true);
            case NE -> equal(a, b, false);
            case SET -> equal(Terms.apply(Operator.AND, a, b), Constant.ZERO, false);
            case LT -> new Literal(new Comparison(Order.LESS_UNSIGNED, a, b), true);
            case GE -> new Literal(new Comparison(Order.LESS_UNSIGNED, a, b), false);
            case GT -> new Literal(new Comparison(Order.LESS_UNSIGNED, b, a), true);
            case LE -> new Literal(new Comparison(Order.LESS_UNSIGNED, b, a), false);
            case SLT -> new Literal(new Comparison(Order.LESS_SIGNED, a, b), true);
            case SGE -> new Literal(new Comparison(Order.LESS_SIGNED, a, b), false);
            case SGT -> new Literal(new Comparison(Order.LESS_SIGNED, b, a), true);
            case SLE -> new Literal(new Comparison(Order.LESS_SIGNED, b, a), false);
        };
    }

    /** {@return {@code a == b} or {@code a != b}, the same literal whichever way round} */
    public static Literal equal(Term a, Term b, boolean holds) {
        boolean swap = a.isConstant() || !b.isConstant() && a.compareTo(b) > 0;
        return new Literal(new Comparison(Order.EQUAL, swap ? b : a, swap ? a : b), holds);
    }

    @Override
    public String toString() {
        String symbol = switch (order) {
            case EQUAL -> " == ";
            case LESS_UNSIGNED -> " < ";
            case LESS_SIGNED -> " <s ";
        };
        return left + symbol + right;
    }
}
