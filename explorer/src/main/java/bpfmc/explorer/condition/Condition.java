package bpfmc.explorer.condition;

import bpfmc.model.value.Key;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;

/** A truth about what maps hold. */
public sealed interface Condition {
    /** Both hold. */
    record And(Condition left, Condition right) implements Condition {}

    /** One of them holds. */
    record Or(Condition left, Condition right) implements Condition {}

    /** It does not hold. */
    record Not(Condition condition) implements Condition {}

    /** Two numbers compare so; false when one of them is read from an element that is not there. */
    record Compare(Relation relation, Number left, Number right) implements Condition {}

    /** How numbers compare. */
    enum Relation {
        EQUAL("=="), DIFFERENT("!="), LESS("<"), AT_MOST("<="), GREATER(">"), AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /** A number of 64 bits. */
    sealed interface Number {
        /** Of one element or run, or of several together. */
        enum Where { ONE, SUM }

        record Known(long value) implements Number {}

        /** What a place holds; the sum of all when it stands for several. */
        record Held(Where where, Place place) implements Number {}

        /** What runs of a program return, an int. @param runs their agents @param text as written */
        record Returned(Where where, ImmutableIntList runs, String text) implements Number {}

        record Plus(Number left, Number right) implements Number {}

        record Minus(Number left, Number right) implements Number {}

        record Times(Number left, Number right) implements Number {}
    }

    /**
     * A field of an element, or of all elements of a map.
     *
     * @param map index @param key empty for all @param offset bytes into the value @param size 1 to 8
     * @param signed whether the C type is
     * @param text as written
     */
    record Place(int map, Optional<Key> key, int offset, int size, boolean signed, String text) {}

    /** {@return the places it reads, in order} */
    default ImmutableList<Place> places() {
        return Leaves.of(this).selectInstancesOf(Number.Held.class).collect(Number.Held::place);
    }

    /** {@return the runs it asks for what they return, in order} */
    default ImmutableList<Number.Returned> returned() {
        return Leaves.of(this).selectInstancesOf(Number.Returned.class);
    }
}
