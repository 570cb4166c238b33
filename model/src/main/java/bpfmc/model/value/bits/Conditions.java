package bpfmc.model.value.bits;

import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Range;
import bpfmc.model.value.Solver.Bound;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What unknowns must satisfy, all of it.
 *
 * @param literals comparisons @param bounds ranges of terms @param choices of each of these, at least one literal
 */
public record Conditions(ImmutableList<Literal> literals, ImmutableList<Bound> bounds, ImmutableList<ImmutableList<Literal>> choices) {
    public static final Conditions NONE = new Conditions(Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty());

    /** {@return these conditions and more} */
    public Conditions and(Iterable<Literal> more) {
        return new Conditions(literals.newWithAll(more), bounds, choices);
    }

    /** {@return these conditions and those} */
    public Conditions and(Conditions more) {
        return new Conditions(literals.newWithAll(more.literals), bounds.newWithAll(more.bounds), choices.newWithAll(more.choices));
    }

    /** {@return these conditions and that at least one of the literals holds} An empty choice cannot be made. */
    public Conditions andOneOf(ImmutableList<Literal> choice) {
        return choice.size() == 1 ? and(choice) : new Conditions(literals, bounds, choices.newWith(choice));
    }

    /** {@return these conditions and that the term lies in the range} */
    public Conditions and(Bound bound) {
        return new Conditions(literals, bounds.newWith(bound), choices);
    }

    /** {@return whether the conditions speak of an unknown that the predicate accepts} */
    public boolean anyUnknown(Predicate<Symbol> predicate) {
        boolean[] any = {false};
        forEachUnknown(s -> any[0] |= predicate.test(s));
        return any[0];
    }

    /** Calls the visitor for each occurrence of an unknown, in the order of the conditions. */
    public void forEachUnknown(Consumer<Symbol> visitor) {
        literals.newWithAll(choices.flatCollect(c -> c)).each(l -> {
            Terms.forEachSymbol(l.comparison().left(), visitor);
            Terms.forEachSymbol(l.comparison().right(), visitor);
        });
        bounds.each(b -> Terms.forEachSymbol(b.term(), visitor));
    }

    /**
     * {@return the conditions without equations that only say what an unknown stands for that nothing else speaks of, and these equations} Values
     * for the others always have one for such an unknown.
     */
    Split split() {
        if (literals.noneSatisfy(Unused::mayBe)) {
            return new Split(this, Lists.immutable.empty());
        }
        Map<Symbol, Integer> uses = new HashMap<>();
        literals.each(l -> Unused.symbols(l).forEach(s -> uses.merge(s, 1, Integer::sum)));
        new Conditions(Lists.immutable.empty(), bounds, choices).forEachUnknown(s -> uses.merge(s, 2, Integer::sum));
        MutableList<Literal> left = literals.toList();
        MutableList<Unused> dropped = Lists.mutable.empty();
        for (boolean changed = true; changed;) {
            MutableList<Unused> now = left.collect(l -> Unused.of(l, uses)).select(Optional::isPresent).collect(Optional::get);
            now.each(u -> {
                left.remove(u.equation());
                Unused.symbols(u.equation()).forEach(s -> uses.merge(s, -1, Integer::sum));
            });
            dropped.addAll(now);
            changed = now.notEmpty();
        }
        return dropped.isEmpty() ? new Split(this, Lists.immutable.empty())
                : new Split(new Conditions(left.toImmutable(), bounds, choices), dropped.toReversed().toImmutable());
    }

    /** {@return the conditions without equations that nothing else speaks of} */
    public Conditions used() {
        return split().rest();
    }

    /** @param dropped those that stand on others after these */
    record Split(Conditions rest, ImmutableList<Unused> dropped) {}

    /** What an unknown stands for that nothing else speaks of. */
    record Unused(Literal equation, Symbol unknown, Term meaning) {
        private static boolean mayBe(Literal l) {
            return l.holds() && l.comparison().order() == Order.EQUAL && (made(l.comparison().left()) || made(l.comparison().right()));
        }

        private static boolean made(Term term) {
            return term instanceof Symbol s && (s.kind() == Symbol.Kind.FRESH || s.kind() == Symbol.Kind.EXPORTED);
        }

        private static Optional<Unused> of(Literal l, Map<Symbol, Integer> uses) {
            Term a = l.comparison().left();
            Term b = l.comparison().right();
            if (!mayBe(l)) {
                return Optional.empty();
            }
            return a instanceof Symbol s && unused(s, b, uses) ? Optional.of(new Unused(l, s, b))
                    : b instanceof Symbol s && unused(s, a, uses) ? Optional.of(new Unused(l, s, a)) : Optional.empty();
        }

        private static boolean unused(Symbol s, Term meaning, Map<Symbol, Integer> uses) {
            return made(s) && uses.getOrDefault(s, 0) == 1
                    && Long.compareUnsigned(Terms.upperBound(meaning), Terms.mask(s.bytes())) <= 0 && !symbols(meaning).contains(s);
        }

        private static Set<Symbol> symbols(Term... terms) {
            Set<Symbol> all = new LinkedHashSet<>();
            for (Term t : terms) {
                Terms.forEachSymbol(t, all::add);
            }
            return all;
        }

        static Set<Symbol> symbols(Literal l) {
            return symbols(l.comparison().left(), l.comparison().right());
        }
    }

    /** {@return the conditions with their unknowns by other names} @param names one to one */
    Conditions rename(Function<Symbol, Symbol> names) {
        return new Conditions(literals.collect(l -> l.rename(names)),
                bounds.collect(b -> new Bound(Terms.substitute(b.term(), names), b.range())), choices.collect(c -> c.collect(l -> l.rename(names))));
    }

    /** {@return the conditions in groups that have no unknown in common, so that each can be decided alone} */
    ImmutableList<Conditions> parts() {
        Parts parts = new Parts();
        literals.each(l -> parts.join(l.comparison()));
        bounds.each(b -> parts.join(b.term()));
        choices.each(c -> parts.join(terms(c)));
        Map<Symbol, Part> groups = new LinkedHashMap<>();
        literals.each(l -> groups.computeIfAbsent(parts.of(l), s -> Part.empty()).literals.add(l));
        bounds.each(b -> groups.computeIfAbsent(parts.of(b.term()), s -> Part.empty()).bounds.add(b));
        choices.each(c -> groups.computeIfAbsent(parts.of(terms(c)), s -> Part.empty()).choices.add(c));
        return Lists.immutable.withAll(groups.values()).collect(Part::conditions);
    }

    /** A group that grows. */
    private record Part(MutableList<Literal> literals, MutableList<Bound> bounds, MutableList<ImmutableList<Literal>> choices) {
        static Part empty() {
            return new Part(Lists.mutable.empty(), Lists.mutable.empty(), Lists.mutable.empty());
        }

        Conditions conditions() {
            Conditions some = new Conditions(literals.toImmutable(), bounds.toImmutable(), Lists.immutable.empty());
            return choices.injectInto(some, Conditions::andOneOf);
        }
    }

    private static Term[] terms(ImmutableList<Literal> choice) {
        return choice.flatCollect(l -> Lists.immutable.with(l.comparison().left(), l.comparison().right())).toArray(new Term[0]);
    }

    /** {@return the comparisons that say that a term lies in a range} */
    static ImmutableList<Literal> comparisons(Bound bound) {
        Term term = bound.term();
        Range range = bound.range();
        if (range.isExact()) {
            return Lists.immutable.with(Comparison.equal(term, Terms.constant(range.umin()), true));
        }
        MutableList<Literal> all = Lists.mutable.empty();
        all.add(atMost(Order.LESS_UNSIGNED, Terms.constant(range.umin()), term));
        all.add(atMost(Order.LESS_UNSIGNED, term, Terms.constant(range.umax())));
        all.add(atMost(Order.LESS_SIGNED, Terms.constant(range.smin()), term));
        all.add(atMost(Order.LESS_SIGNED, term, Terms.constant(range.smax())));
        Constant known = new Constant(~range.unknown());
        if (known.value() != 0) {
            all.add(Comparison.equal(Terms.apply(Operator.AND, term, known), Terms.constant(range.value()), true));
        }
        return all.toImmutable();
    }

    private static Literal atMost(Order order, Term low, Term high) {
        return new Literal(new Comparison(order, high, low), false);
    }
}
