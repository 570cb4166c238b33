package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number;
import bpfmc.explorer.condition.Condition.Number.Held;
import bpfmc.explorer.condition.Condition.Relation;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What makes a condition false in a state: alternatives of conditions on unknowns. None: it holds. An empty one: it does not. */
record NegatedCondition(Contents contents) {
    private static final ImmutableList<ImmutableList<Literal>> NEVER = Lists.immutable.empty();
    private static final ImmutableList<ImmutableList<Literal>> ALWAYS = Lists.immutable.with(Lists.immutable.empty());

    ImmutableList<ImmutableList<Literal>> of(Condition condition) {
        return cases(condition, false);
    }

    /** {@return when the condition is true, or false} @param holds which of them */
    private ImmutableList<ImmutableList<Literal>> cases(Condition condition, boolean holds) {
        return switch (condition) {
            case Condition.Not c -> cases(c.condition(), !holds);
            case Condition.And c -> holds ? both(cases(c.left(), true), cases(c.right(), true))
                    : either(cases(c.left(), false), cases(c.right(), false));
            case Condition.Or c -> holds ? either(cases(c.left(), true), cases(c.right(), true))
                    : both(cases(c.left(), false), cases(c.right(), false));
            case Condition.Compare c -> comparison(c, holds);
        };
    }

    private static ImmutableList<ImmutableList<Literal>> either(ImmutableList<ImmutableList<Literal>> a, ImmutableList<ImmutableList<Literal>> b) {
        return a.newWithAll(b).distinct();
    }

    private static ImmutableList<ImmutableList<Literal>> both(ImmutableList<ImmutableList<Literal>> a, ImmutableList<ImmutableList<Literal>> b) {
        return a.flatCollect(x -> b.collect(y -> x.newWithAll(y).distinct())).distinct();
    }

    private ImmutableList<ImmutableList<Literal>> comparison(Condition.Compare c, boolean holds) {
        Optional<Term> left = term(c.left());
        Optional<Term> right = term(c.right());
        if (left.isEmpty() || right.isEmpty()) {
            return holds ? NEVER : ALWAYS;
        }
        Order less = Condition.signed(c.left()) || Condition.signed(c.right()) ? Order.LESS_SIGNED : Order.LESS_UNSIGNED;
        Literal literal = literal(c.relation(), left.get(), right.get(), less);
        Literal wanted = holds ? literal : literal.negated();
        return known(wanted.comparison()).map(truth -> truth == wanted.holds()).or(() -> contents.decide(wanted)).map(truth -> truth ? ALWAYS : NEVER)
                .orElseGet(() -> Lists.immutable.with(Lists.immutable.with(wanted)));
    }

    private static Literal literal(Relation relation, Term left, Term right, Order less) {
        return switch (relation) {
            case EQUAL -> equal(left, right, true);
            case DIFFERENT -> equal(left, right, false);
            case LESS -> new Literal(new Comparison(less, left, right), true);
            case AT_LEAST -> new Literal(new Comparison(less, left, right), false);
            case GREATER -> new Literal(new Comparison(less, right, left), true);
            case AT_MOST -> new Literal(new Comparison(less, right, left), false);
        };
    }

    /** With what is known on one side, which is how inputs are found soonest. */
    private static Literal equal(Term left, Term right, boolean holds) {
        return Terms.subtract(left, right) instanceof Sum s
                ? Comparison.equal(Terms.subtract(s, Terms.constant(s.constant())), Terms.constant(-s.constant()), holds)
                : Comparison.equal(left, right, holds);
    }

    /** {@return whether the comparison is true whatever the unknowns are, or false} */
    private static Optional<Boolean> known(Comparison c) {
        Term difference = Terms.subtract(c.left(), c.right());
        if (difference instanceof Constant d && (c.order() == Order.EQUAL || d.value() == 0)) {
            return Optional.of(c.order() == Order.EQUAL && d.value() == 0);
        }
        return c.left() instanceof Constant a && c.right() instanceof Constant b ? Optional.of(c.order().test(a.value(), b.value())) : Optional.empty();
    }

    /** {@return the number, empty when it is read from an element that is not there} */
    private Optional<Term> term(Number number) {
        return switch (number) {
            case Number.Known n -> Optional.of(Terms.constant(n.value()));
            case Held n -> n.where() == Number.Where.ONE && contents.presence(n.place()) == Contents.Presence.ABSENT ? Optional.empty()
                    : Optional.of(contents.value(n.place()));
            case Number.Returned n -> contents.returned(n);
            case Number.Plus n -> term(n.left()).flatMap(a -> term(n.right()).map(b -> Terms.add(a, b)));
            case Number.Minus n -> term(n.left()).flatMap(a -> term(n.right()).map(b -> Terms.subtract(a, b)));
            case Number.Times n -> term(n.left()).flatMap(a -> term(n.right()).map(b -> times(a, b)));
        };
    }

    private static Term times(Term a, Term b) {
        return a instanceof Constant c ? Terms.scale(c.value(), b) : b instanceof Constant c ? Terms.scale(c.value(), a)
                : Terms.apply(bpfmc.model.value.Apply.Operator.MUL, a, b);
    }
}
