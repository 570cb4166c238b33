package bpfmc.model.value;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Guesses values of unknowns that satisfy conditions: starts from small values and repairs one violated condition after
 * the other, trying the boundary values of the conditions, the values that solve them for one unknown, and random ones.
 * Incomplete: finding nothing means nothing ({@link bpfmc.model.value.bits.Decision} goes on from there). Deterministic.
 */
public final class Solver {
    private static final int MOST_FACTORS = 12;
    private static final long SEED = 20190131;

    /** A term that must lie in a range. */
    public record Bound(Term term, Range range) {}

    private final List<Literal> literals;
    private final List<Bound> bounds;
    private final List<Symbol> symbols;
    private final Set<Long> constants = new LinkedHashSet<>(List.of(0L, 1L, 2L, -1L));
    private final Map<Symbol, Long> values = new HashMap<>();
    private final Random random = new Random(SEED);
    private final Map<Symbol, Term> definitions;
    private final Map<Symbol, Dependents> dependents = new HashMap<>();
    /** Whether few candidates are tried. */
    private boolean soon;

    /** What is another when an unknown is. @param definitions in their order */
    private record Dependents(List<Literal> literals, List<Bound> bounds, List<Symbol> definitions) {}

    private Solver(List<Literal> literals, List<Bound> bounds) {
        this.literals = literals;
        this.bounds = bounds;
        Set<Symbol> found = new LinkedHashSet<>();
        literals.forEach(l -> {
            note(l.comparison().left(), found);
            note(l.comparison().right(), found);
        });
        bounds.forEach(b -> {
            note(b.term(), found);
            noteConstant(b.range().umin());
            noteConstant(b.range().umax());
            noteConstant(b.range().smin());
        });
        this.definitions = Definitions.of(literals).inOrder();
        found.removeAll(definitions.keySet());
        this.symbols = new ArrayList<>(found);
        addProducts();
        set(Map.of());
    }

    /** {@return values for the unknowns in the conditions that satisfy them all, empty when none were found} @param mostRepairs how often one is changed */
    public static Optional<Map<Symbol, Long>> guess(List<Literal> literals, List<Bound> bounds, int mostRepairs) {
        return new Solver(literals, bounds).search(mostRepairs);
    }

    /**
     * {@return values that satisfy the conditions, not made small: one of those to start from, or the best of these repaired} Empty when none were found.
     *
     * @param starts values that satisfied other conditions @param mostRepairs how often one is changed
     */
    public static Optional<Map<Symbol, Long>> near(List<Literal> literals, List<Bound> bounds, Iterable<Map<Symbol, Long>> starts, int mostRepairs) {
        var solver = new Solver(literals, bounds);
        solver.soon = true;
        Map<Symbol, Long> best = Map.of();
        int fewest = solver.violations();
        for (Map<Symbol, Long> start : starts) {
            if (fewest > 0) {
                solver.startFrom(start);
                int count = solver.violations();
                best = count < fewest ? start : best;
                fewest = Math.min(fewest, count);
            }
        }
        solver.startFrom(best);
        return solver.satisfied(mostRepairs) ? Optional.of(solver.values) : Optional.empty();
    }

    private void startFrom(Map<Symbol, Long> start) {
        values.clear();
        symbols.forEach(s -> values.put(s, start.getOrDefault(s, 0L) & Terms.mask(s.bytes())));
        follow();
    }

    /** {@return values that satisfy the conditions too, and are easier to read} @param values satisfy them all; become smaller one by one */
    public static Map<Symbol, Long> smaller(List<Literal> literals, List<Bound> bounds, Map<Symbol, Long> values) {
        Solver solver = new Solver(literals, bounds);
        solver.set(values);
        violated(literals, bounds, values).ifPresent(v -> {
            throw new IllegalStateException("values that do not satisfy " + v);
        });
        solver.symbols.forEach(solver::shrink);
        return solver.values;
    }

    /** {@return a condition that these values violate} */
    public static Optional<String> violated(List<Literal> literals, List<Bound> bounds, Map<Symbol, Long> values) {
        return literals.stream().filter(l -> !holds(l, values)).map(Literal::toString).findFirst()
                .or(() -> bounds.stream().filter(b -> !holds(b, values)).map(b -> b.term() + " in " + b.range()).findFirst());
    }

    private void set(Map<Symbol, Long> some) {
        values.putAll(some);
        follow();
    }

    /** Gives an unknown its value, and those that stand on it theirs. */
    private void set(Symbol symbol, long value) {
        values.put(symbol, value);
        dependents(symbol).definitions.forEach(d -> values.put(d, evaluate(definitions.get(d), values)));
    }

    private Dependents dependents(Symbol symbol) {
        return dependents.computeIfAbsent(symbol, s -> new Dependents(
                literals.stream().filter(l -> roots(l.comparison().left()).contains(s) || roots(l.comparison().right()).contains(s)).toList(),
                bounds.stream().filter(b -> roots(b.term()).contains(s)).toList(),
                definitions.keySet().stream().filter(d -> roots(definitions.get(d)).contains(s)).toList()));
    }

    private void follow() {
        definitions.forEach((symbol, meaning) -> values.put(symbol, evaluate(meaning, values)));
    }

    /** {@return the unknowns that the value of the term comes from} */
    private Set<Symbol> roots(Term term) {
        Set<Symbol> roots = new LinkedHashSet<>();
        Set<Symbol> seen = new HashSet<>();
        Deque<Term> open = new ArrayDeque<>(List.of(term));
        while (!open.isEmpty()) {
            Terms.forEachSymbol(open.pop(), s -> {
                if (definitions.containsKey(s) && seen.add(s)) {
                    open.push(definitions.get(s));
                } else if (!definitions.containsKey(s)) {
                    roots.add(s);
                }
            });
        }
        return roots;
    }

    private void note(Term term, Set<Symbol> found) {
        Terms.forEachSymbol(term, found::add);
        noteConstants(term);
    }

    private void noteConstants(Term term) {
        switch (term) {
            case Constant c -> noteConstant(c.value());
            case Symbol s -> { }
            case Sum s -> {
                noteConstant(s.constant());
                noteConstant(-s.constant());
                s.products().each(p -> noteConstants(p.term()));
            }
            case Extract e -> noteConstants(e.term());
            case Apply a -> {
                noteConstants(a.left());
                noteConstants(a.right());
            }
        }
    }

    /** Quotients and scaled values meet their bounds at products of constants. */
    private void addProducts() {
        List<Long> factors = constants.stream().filter(c -> c > 1 && c < 1 << 16).limit(MOST_FACTORS).toList();
        for (long a : factors) {
            factors.forEach(b -> constants.add(a * b));
        }
    }

    private void noteConstant(long value) {
        constants.add(value);
        constants.add(value + 1);
        constants.add(value - 1);
        constants.add(Long.reverseBytes(value) >>> 48);
        constants.add(Long.reverseBytes(value) >>> 32);
    }

    private Optional<Map<Symbol, Long>> search(int mostRepairs) {
        if (!satisfied(mostRepairs)) {
            return Optional.empty();
        }
        symbols.forEach(this::shrink);
        return Optional.of(values);
    }

    private boolean satisfied(int mostRepairs) {
        for (int repair = 0; repair < mostRepairs; repair++) {
            List<Term> wrong = violatedTerms();
            if (wrong.isEmpty()) {
                return true;
            }
            if (repair + 1 < mostRepairs) {
                repairOne(wrong);
            }
        }
        return false;
    }

    /** Gives the unknown the smallest value among zero and the constants, moved to any byte, that violates nothing. */
    private void shrink(Symbol s) {
        long found = values.getOrDefault(s, 0L);
        TreeSet<Long> smaller = new TreeSet<>(Long::compareUnsigned);
        smaller.add(0L);
        for (long c : constants) {
            for (int shift = 0; shift < 8 * s.bytes(); shift += 8) {
                smaller.add((c & 0xffff_ffffL) << shift & Terms.mask(s.bytes()));
            }
        }
        for (long value : smaller.headSet(found)) {
            set(s, value);
            if (violations(s) == 0) {
                return;
            }
        }
        set(s, found);
    }

    private List<Term> violatedTerms() {
        for (Literal l : literals) {
            if (!holds(l, values)) {
                return List.of(l.comparison().left(), l.comparison().right());
            }
        }
        for (Bound b : bounds) {
            if (!holds(b, values)) {
                return List.of(b.term());
            }
        }
        return List.of();
    }

    /** Changes one unknown of a violated condition to the value that leaves the fewest conditions violated. */
    private void repairOne(List<Term> wrong) {
        Set<Symbol> involved = new LinkedHashSet<>();
        wrong.forEach(t -> involved.addAll(roots(t)));
        Symbol best = null;
        long bestValue = 0;
        int fewest = Integer.MAX_VALUE;
        int all = violations();
        for (Symbol s : involved) {
            long old = values.getOrDefault(s, 0L);
            int others = all - violations(s);
            for (long candidate : candidates(s, wrong)) {
                set(s, candidate & Terms.mask(s.bytes()));
                int count = others + violations(s);
                if (count < fewest || count == fewest && random.nextInt(4) == 0) {
                    fewest = count;
                    best = s;
                    bestValue = candidate & Terms.mask(s.bytes());
                }
            }
            set(s, old);
        }
        if (best == null && symbols.isEmpty()) {
            return;
        }
        if (best == null) {
            best = symbols.get(random.nextInt(symbols.size()));
            bestValue = random.nextLong() & Terms.mask(best.bytes());
        }
        set(best, random.nextInt(20) == 0 ? random.nextLong() & Terms.mask(best.bytes()) : bestValue);
    }

    /** Boundary values as they are and at each byte position, the other sides of the condition, and random values. */
    private Set<Long> candidates(Symbol s, List<Term> wrong) {
        Set<Long> candidates = new LinkedHashSet<>();
        long current = values.getOrDefault(s, 0L);
        for (Term term : wrong) {
            long value = evaluate(term, values);
            for (int shift = 0; shift < 8 * s.bytes(); shift += 8) {
                candidates.add(current & ~(0xffff_ffffL << shift) | (value & 0xffff_ffffL) << shift);
            }
            candidates.add(value);
            candidates.add(value + 1);
            candidates.add(value - 1);
            candidates.add(current + value);
            candidates.add(current - value);
        }
        for (long c : constants) {
            candidates.add(c);
            for (int shift = 0; shift < 8 * s.bytes() && !soon; shift += 8) {
                candidates.add(current & ~(0xffL << shift) | (c & 0xff) << shift);
                candidates.add(current & ~(0xffffL << shift) | (c & 0xffff) << shift);
                candidates.add(current & ~(0xffff_ffffL << shift) | (c & 0xffff_ffffL) << shift);
            }
        }
        candidates.remove(current);
        candidates.add(random.nextLong());
        return candidates;
    }

    private int violations() {
        return violations(literals, bounds);
    }

    /** {@return how many conditions are violated that the unknown has a part in} */
    private int violations(Symbol s) {
        return violations(dependents(s).literals, dependents(s).bounds);
    }

    private int violations(List<Literal> some, List<Bound> ranges) {
        int count = 0;
        for (Literal l : some) {
            count += holds(l, values) ? 0 : 1;
        }
        for (Bound b : ranges) {
            count += holds(b, values) ? 0 : 1;
        }
        return count;
    }

    private static boolean holds(Literal l, Map<Symbol, Long> values) {
        Order order = l.comparison().order();
        return order.test(evaluate(l.comparison().left(), values), evaluate(l.comparison().right(), values)) == l.holds();
    }

    private static boolean holds(Bound b, Map<Symbol, Long> values) {
        return b.range().contains(evaluate(b.term(), values));
    }

    private static long evaluate(Term term, Map<Symbol, Long> values) {
        return Terms.evaluate(term, s -> values.getOrDefault(s, 0L));
    }
}
