package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number;
import bpfmc.explorer.condition.Condition.Place;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What a condition reads. */
final class Places {
    private Places() {}

    static ImmutableList<Place> of(Condition condition) {
        return switch (condition) {
            case Condition.And c -> of(c.left()).newWithAll(of(c.right()));
            case Condition.Or c -> of(c.left()).newWithAll(of(c.right()));
            case Condition.Not c -> of(c.condition());
            case Condition.Compare c -> of(c.left()).newWithAll(of(c.right()));
        };
    }

    private static ImmutableList<Place> of(Number number) {
        return switch (number) {
            case Number.Known n -> Lists.immutable.empty();
            case Number.Held n -> Lists.immutable.with(n.place());
            case Number.Plus n -> of(n.left()).newWithAll(of(n.right()));
            case Number.Minus n -> of(n.left()).newWithAll(of(n.right()));
            case Number.Times n -> of(n.left()).newWithAll(of(n.right()));
        };
    }

    /** {@return whether any number in it may be negative: its field's C type is signed, or it is written so} */
    static boolean signed(Number number) {
        return switch (number) {
            case Number.Known n -> n.value() < 0;
            case Number.Held n -> n.place().signed();
            case Number.Plus n -> signed(n.left()) || signed(n.right());
            case Number.Minus n -> signed(n.left()) || signed(n.right());
            case Number.Times n -> signed(n.left()) || signed(n.right());
        };
    }
}
