package bpfmc.model.value;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Sum.Product;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.sorted.ImmutableSortedMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;

/**
 * What the conditions passed so far say: a range for terms that were tested against known values, and the tests between
 * two unknown terms as they were decided. Facts only cut branches that contradict them; losing one adds behaviours and
 * never hides any.
 *
 * @param ranges narrower than what the term's own structure tells
 * @param literals comparisons decided on the way, in the order they were met, no repetition
 * @param meanings what unknowns stand for, an equation each: nothing that was decided, it is always so
 */
public record Facts(ImmutableSortedMap<Term, Range> ranges, ImmutableList<Literal> literals, ImmutableList<Literal> meanings) {
    public static final Facts NONE = new Facts(SortedMaps.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty());

    /** {@return what is known of the term's value} */
    public Range range(Term term) {
        Range structural = structuralRange(term);
        Range noted = ranges.get(term);
        Range both = noted == null ? structural : structural.meet(noted);
        return both == null ? structural : both;
    }

    private Range structuralRange(Term term) {
        return switch (term) {
            case Constant c -> Range.exactly(c.value());
            case Symbol s -> s.bytes() >= 8 ? Range.ANY : Range.unsigned(0, Terms.mask(s.bytes()));
            case Extract e -> range(e.term()).extract(e.offset(), e.bytes());
            case Sum s -> {
                Range sum = Range.exactly(s.constant());
                for (Product p : s.products()) {
                    sum = sum.plus(range(p.term()).times(p.coefficient()));
                }
                yield sum;
            }
            case Apply a -> Range.apply(a.operator(), range(a.left()), range(a.right()));
        };
    }

    /** {@return whether the literal follows from the facts, or its negation does; empty when neither is known} */
    public Optional<Boolean> decide(Literal literal) {
        Optional<Boolean> comparison = decide(literal.comparison());
        return literal.holds() ? comparison : comparison.map(b -> !b);
    }

    private Optional<Boolean> decide(Comparison c) {
        Range a = range(c.left());
        Range b = range(c.right());
        if (a.isExact() && b.isExact()) {
            return Optional.of(c.order().test(a.umin(), b.umin()));
        }
        Optional<Boolean> byRange = switch (c.order()) {
            case EQUAL -> c.left().equals(c.right()) ? Optional.of(true)
                    : a.meet(b) == null || differ(c.left(), c.right()) ? Optional.of(false) : Optional.empty();
            case LESS_UNSIGNED -> c.left().equals(c.right()) || Long.compareUnsigned(a.umin(), b.umax()) >= 0
                    ? Optional.of(false)
                    : Long.compareUnsigned(a.umax(), b.umin()) < 0 ? Optional.of(true) : Optional.empty();
            case LESS_SIGNED -> c.left().equals(c.right()) || a.smin() >= b.smax() ? Optional.of(false)
                    : a.smax() < b.smin() ? Optional.of(true) : Optional.empty();
        };
        return byRange.isPresent() ? byRange
                : literals.detectOptional(l -> l.comparison().equals(c)).map(Literal::holds);
    }

    private boolean differ(Term a, Term b) {
        return !range(Terms.subtract(a, b)).contains(0);
    }

    /** {@return the facts with the literal added, empty when it contradicts them} */
    public Optional<Facts> assume(Literal literal) {
        Optional<Boolean> known = decide(literal);
        if (known.isPresent()) {
            return known.get() ? Optional.of(this) : Optional.empty();
        }
        Comparison c = literal.comparison();
        Range a = range(c.left());
        Range b = range(c.right());
        Facts narrowed = narrow(c.left(), narrower(c.order(), literal.holds(), true, b));
        narrowed = narrowed == null ? null : narrowed.narrow(c.right(), narrower(c.order(), literal.holds(), false, a));
        if (narrowed == null) {
            return Optional.empty();
        }
        return Optional.of(narrowed.decide(literal).isPresent() ? narrowed
                : new Facts(narrowed.ranges, narrowed.literals.newWith(literal), meanings));
    }

    /** {@return the facts with a range for an unknown, or a part of one, of which nothing was known} */
    public Facts knowing(Term unknown, Range range) {
        return range(unknown).within(range) ? this : new Facts(ranges.newWithKeyValue(unknown, range), literals, meanings);
    }

    /** {@return the facts with the meaning of an unknown of which nothing was known} It is the term, whose value fits. */
    public Facts defining(Symbol unknown, Term meaning) {
        return new Facts(ranges, literals, meanings.newWith(Comparison.equal(unknown, meaning, true)));
    }

    /** The values that one side may have when the comparison came out so and the other side lies in {@code other}. */
    private static Range narrower(Order order, boolean holds, boolean left, Range other) {
        return switch (order) {
            case EQUAL -> holds ? other : other.isExact() ? allBut(other.umin()) : Range.ANY;
            case LESS_UNSIGNED -> left == holds
                    ? holds ? belowUnsigned(other.umax()) : Range.unsigned(0, other.umax())
                    : holds ? aboveUnsigned(other.umin()) : Range.unsigned(other.umin(), -1L);
            case LESS_SIGNED -> left == holds
                    ? holds ? belowSigned(other.smax()) : Range.signed(Long.MIN_VALUE, other.smax())
                    : holds ? aboveSigned(other.smin()) : Range.signed(other.smin(), Long.MAX_VALUE);
        };
    }

    private static Range allBut(long value) {
        return value == 0 ? Range.unsigned(1, -1L) : value == -1L ? Range.unsigned(0, -2L) : Range.ANY;
    }

    private static Range belowUnsigned(long bound) {
        return bound == 0 ? null : Range.unsigned(0, bound - 1);
    }

    private static Range aboveUnsigned(long bound) {
        return bound == -1L ? null : Range.unsigned(bound + 1, -1L);
    }

    private static Range belowSigned(long bound) {
        return bound == Long.MIN_VALUE ? null : Range.signed(Long.MIN_VALUE, bound - 1);
    }

    private static Range aboveSigned(long bound) {
        return bound == Long.MAX_VALUE ? null : Range.signed(bound + 1, Long.MAX_VALUE);
    }

    /** {@return the facts with the term's value confined to the range, null when that leaves nothing} */
    private Facts narrow(Term term, Range to) {
        if (to == null) {
            return null;
        }
        Range before = range(term);
        Range after = before.meet(to);
        if (after == null) {
            return null;
        }
        if (after.equals(before) || term.isConstant()) {
            return this;
        }
        Facts noted = new Facts(ranges.newWithKeyValue(term, after), literals, meanings);
        return noted.narrowInner(term, after);
    }

    /** A narrow range of {@code x + c}, of all the bytes of x, or of x extended by a sign that is known, is a range of x too. */
    private Facts narrowInner(Term term, Range range) {
        return switch (term) {
            case Sum s when s.products().size() == 1 && s.products().getFirst().coefficient() == 1 -> {
                Term inner = s.products().getFirst().term();
                yield narrow(inner, range.plus(Range.exactly(-s.constant())));
            }
            case Extract e when e.offset() == 0
                    && Long.compareUnsigned(range(e.term()).umax(), Terms.mask(e.bytes())) <= 0 -> narrow(e.term(), range);
            case Constant c -> this;
            case Symbol s -> this;
            case Sum s -> this;
            case Extract e -> this;
            case Apply a -> switch (a.operator()) {
                case SEXT8 -> narrowExtended(a.left(), 1, range);
                case SEXT16 -> narrowExtended(a.left(), 2, range);
                case SEXT32 -> narrowExtended(a.left(), 4, range);
                case AND, OR, XOR, SHL, LSHR, ASHR, MUL, UDIV, UMOD, SDIV, SMOD, SWAP16, SWAP32, SWAP64 -> this;
            };
        };
    }

    private Facts narrowExtended(Term low, int bytes, Range range) {
        boolean fits = Long.compareUnsigned(range(low).umax(), Terms.mask(bytes)) <= 0;
        return !fits || range.smin() < 0 && range.smax() >= 0 ? this : narrow(low, range.extract(0, bytes));
    }

    /** {@return the facts without those about how two terms compare} */
    public Facts ofSingleTerms() {
        return literals.isEmpty() ? this : new Facts(ranges, Lists.immutable.empty(), meanings);
    }

    /** {@return the facts that speak only of unknowns that the predicate accepts} */
    public Facts retain(Predicate<Symbol> alive) {
        var kept = ranges.select((t, r) -> allSymbols(t, alive));
        var decided = literals.select(l -> allSymbols(l.comparison().left(), alive) && allSymbols(l.comparison().right(), alive));
        var known = meanings.select(l -> allSymbols(l.comparison().left(), alive) && allSymbols(l.comparison().right(), alive));
        return kept.size() == ranges.size() && decided.size() == literals.size() && known.size() == meanings.size() ? this : new Facts(kept, decided, known);
    }

    private static boolean allSymbols(Term term, Predicate<Symbol> predicate) {
        boolean[] all = {true};
        Terms.forEachSymbol(term, s -> all[0] &= predicate.test(s));
        return all[0];
    }

    /** {@return the facts with unknowns renamed; the renaming must be one to one} */
    public Facts rename(Function<Symbol, Symbol> names) {
        if (this.equals(NONE)) {
            return this;
        }
        var renamed = SortedMaps.mutable.<Term, Range>empty();
        ranges.forEachKeyValue((t, r) -> renamed.put(Terms.substitute(t, names), r));
        return new Facts(renamed.toImmutable(), literals.collect(l -> l.rename(names)), meanings.collect(l -> l.rename(names)));
    }
}
