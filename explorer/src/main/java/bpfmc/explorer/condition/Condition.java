package bpfmc.explorer.condition;

import bpfmc.model.value.Key;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

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
        return leaves(this).selectInstancesOf(Number.Held.class).collect(Number.Held::place);
    }

    /** {@return the runs it asks for what they return, in order} */
    default ImmutableList<Number.Returned> returned() {
        return leaves(this).selectInstancesOf(Number.Returned.class);
    }

    private static ImmutableList<Number> leaves(Condition condition) {
        return switch (condition) {
            case Condition.And c -> leaves(c.left()).newWithAll(leaves(c.right()));
            case Condition.Or c -> leaves(c.left()).newWithAll(leaves(c.right()));
            case Condition.Not c -> leaves(c.condition());
            case Condition.Compare c -> leaves(c.left()).newWithAll(leaves(c.right()));
        };
    }

    private static ImmutableList<Number> leaves(Number number) {
        return switch (number) {
            case Number.Known n -> Lists.immutable.with(n);
            case Number.Held n -> Lists.immutable.with(n);
            case Number.Returned n -> Lists.immutable.with(n);
            case Number.Plus n -> leaves(n.left()).newWithAll(leaves(n.right()));
            case Number.Minus n -> leaves(n.left()).newWithAll(leaves(n.right()));
            case Number.Times n -> leaves(n.left()).newWithAll(leaves(n.right()));
        };
    }

    /** {@return whether any number in it may be negative: its field's C type is signed, or it is written so} */
    static boolean signed(Number number) {
        return leaves(number).anySatisfy(leaf -> switch (leaf) {
            case Number.Known n -> n.value() < 0;
            case Number.Held n -> n.place().signed();
            case Number.Returned n -> true;
            case Number.Plus n -> false;
            case Number.Minus n -> false;
            case Number.Times n -> false;
        });
    }
}
