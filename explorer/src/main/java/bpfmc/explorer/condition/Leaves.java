package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The numbers that a condition is made of. */
final class Leaves {
    private Leaves() {}

    static ImmutableList<Number> of(Condition condition) {
        return switch (condition) {
            case Condition.And c -> of(c.left()).newWithAll(of(c.right()));
            case Condition.Or c -> of(c.left()).newWithAll(of(c.right()));
            case Condition.Not c -> of(c.condition());
            case Condition.Compare c -> of(c.left()).newWithAll(of(c.right()));
        };
    }

    private static ImmutableList<Number> of(Number number) {
        return switch (number) {
            case Number.Known n -> Lists.immutable.with(n);
            case Number.Held n -> Lists.immutable.with(n);
            case Number.Returned n -> Lists.immutable.with(n);
            case Number.Plus n -> of(n.left()).newWithAll(of(n.right()));
            case Number.Minus n -> of(n.left()).newWithAll(of(n.right()));
            case Number.Times n -> of(n.left()).newWithAll(of(n.right()));
        };
    }

    /** {@return whether any number in it may be negative: its field's C type is signed, or it is written so} */
    static boolean signed(Number number) {
        return of(number).anySatisfy(leaf -> switch (leaf) {
            case Number.Known n -> n.value() < 0;
            case Number.Held n -> n.place().signed();
            case Number.Returned n -> true;
            case Number.Plus n -> false;
            case Number.Minus n -> false;
            case Number.Times n -> false;
        });
    }
}
