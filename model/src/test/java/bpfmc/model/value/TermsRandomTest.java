package bpfmc.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Condition;
import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Comparison.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Terms, ranges and facts against plain numbers, on random terms with a random value for each unknown. */
class TermsRandomTest {
    private static final int ROUNDS = 200_000;

    @Test
    void normalFormKeepsTheValue() {
        Random random = new Random(21);
        for (int round = 0; round < ROUNDS; round++) {
            var terms = new RandomTerms(random);
            var known = terms.term(4);
            if (Terms.evaluate(known.term(), terms::valueOf) != known.value()) {
                assertThat(Terms.evaluate(known.term(), terms::valueOf)).as("%s", known).isEqualTo(known.value());
            }
        }
    }

    @Test
    void upperBoundIsNotBelowTheValue() {
        Random random = new Random(22);
        for (int round = 0; round < ROUNDS; round++) {
            var terms = new RandomTerms(random);
            var known = terms.term(3);
            if (Long.compareUnsigned(known.value(), Terms.upperBound(known.term())) > 0) {
                assertThat(Terms.upperBound(known.term())).as("%s", known).isEqualTo(known.value());
            }
        }
    }

    @Test
    void substitutionOfValuesGivesTheValue() {
        Random random = new Random(23);
        for (int round = 0; round < ROUNDS / 2; round++) {
            var terms = new RandomTerms(random);
            var known = terms.term(3);
            Term replaced = Terms.substitute(known.term(), s -> Terms.constant(terms.valueOf(s)));
            if (!replaced.equals(Terms.constant(known.value()))) {
                assertThat(replaced).as("%s", known).isEqualTo(Terms.constant(known.value()));
            }
        }
    }

    @Test
    void structuralRangeContainsTheValue() {
        Random random = new Random(24);
        int narrow = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var terms = new RandomTerms(random);
            var known = terms.term(3);
            Range range = Facts.NONE.range(known.term());
            narrow += range.equals(Range.ANY) ? 0 : 1;
            if (!range.contains(known.value())) {
                assertThat(range.contains(known.value())).as("%s in %s", known, range).isTrue();
            }
        }
        assertThat(narrow).isGreaterThan(ROUNDS / 4);
    }

    @Test
    void rangeOperationsContainTheResult() {
        Random random = new Random(25);
        for (int round = 0; round < ROUNDS; round++) {
            var numbers = new RandomTerms(random);
            long a = numbers.number();
            long b = numbers.number();
            Range x = rangeAround(random, numbers, a);
            Range y = rangeAround(random, numbers, b);
            contains(x, a, "made");
            contains(x.plus(y), a + b, "sum");
            long factor = numbers.number();
            contains(x.times(factor), a * factor, "product with " + factor);
            int offset = random.nextInt(8);
            int bytes = random.nextInt(1, 9 - offset);
            contains(x.extract(offset, bytes), a >>> (8 * offset) & Terms.mask(bytes), "bytes");
            Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
            Range result = Range.apply(operator, x, y);
            if (!result.contains(operator.evaluate(a, b))) {
                assertThat(result).as("%s of %d in %s and %d in %s", operator, a, x, b, y).isNull();
            }
            Range other = rangeAround(random, numbers, a);
            contains(x.meet(other), a, "meet");
        }
    }

    private static void contains(Range range, long value, String what) {
        if (range == null || !range.contains(value)) {
            assertThat(range).as("%s: %d", what, value).isEqualTo(Range.exactly(value));
        }
    }

    /** {@return a range that holds the value, of any of the kinds, or of two of them} */
    private static Range rangeAround(Random random, RandomTerms numbers, long value) {
        Range range = switch (random.nextInt(5)) {
            case 0 -> Range.exactly(value);
            case 1 -> {
                long other = numbers.number();
                yield Long.compareUnsigned(value, other) <= 0 ? Range.unsigned(value, other)
                        : Range.unsigned(other, value);
            }
            case 2 -> {
                long other = numbers.number();
                yield Range.signed(Math.min(value, other), Math.max(value, other));
            }
            case 3 -> {
                long unknown = numbers.number();
                yield Range.bits(value & ~unknown, unknown);
            }
            default -> Range.ANY;
        };
        return random.nextInt(3) == 0 ? range.meet(rangeAround(random, numbers, value)) : range;
    }

    @Test
    void factsNeverExcludeValuesThatSatisfyThem() {
        Random random = new Random(26);
        int decided = 0;
        for (int round = 0; round < 40_000; round++) {
            var terms = new RandomTerms(random);
            List<Term> pool = new ArrayList<>();
            List<Literal> assumed = new ArrayList<>();
            Facts facts = Facts.NONE;
            for (int step = 0; step < 8; step++) {
                Literal literal = literal(random, terms, pool);
                boolean truth = holds(literal, terms);
                Literal right = truth ? literal : literal.negated();
                Optional<Boolean> decision = facts.decide(literal);
                decided += decision.isPresent() ? 1 : 0;
                assertThat(decision.orElse(truth)).as("%s after %s", literal, assumed).isEqualTo(truth);
                Optional<Facts> after = facts.assume(right);
                assertThat(after).as("%s after %s", right, assumed).isPresent();
                assumed.add(right);
                facts = after.orElseThrow();
                consistent(facts, terms, assumed);
            }
        }
        assertThat(decided).isGreaterThan(1_000);
    }

    private static Literal literal(Random random, RandomTerms terms, List<Term> pool) {
        Condition condition = Condition.values()[random.nextInt(Condition.values().length)];
        return Comparison.of(condition, operand(random, terms, pool), operand(random, terms, pool));
    }

    /** Terms come back, so that facts about them meet. */
    private static Term operand(Random random, RandomTerms terms, List<Term> pool) {
        if (!pool.isEmpty() && random.nextInt(3) == 0) {
            return pool.get(random.nextInt(pool.size()));
        }
        Term term = terms.term(random.nextInt(3)).term();
        pool.add(term);
        return term;
    }

    private static boolean holds(Literal literal, RandomTerms terms) {
        Comparison c = literal.comparison();
        return c.order().test(Terms.evaluate(c.left(), terms::valueOf), Terms.evaluate(c.right(), terms::valueOf))
                == literal.holds();
    }

    private static void consistent(Facts facts, RandomTerms terms, List<Literal> assumed) {
        facts.ranges().forEachKeyValue((term, range) ->
                assertThat(range.contains(Terms.evaluate(term, terms::valueOf)))
                        .as("%s in %s after %s", term, range, assumed).isTrue());
        facts.literals().each(l -> assertThat(holds(l, terms)).as("%s after %s", l, assumed).isTrue());
    }

    @Test
    void conditionsMeanWhatTheInstructionSetSays() {
        Random random = new Random(27);
        for (int round = 0; round < 20_000; round++) {
            var terms = new RandomTerms(random);
            var a = terms.term(2);
            var b = terms.term(2);
            for (Condition condition : Condition.values()) {
                assertThat(holds(Comparison.of(condition, a.term(), b.term()), terms))
                        .isEqualTo(test(condition, a.value(), b.value()));
            }
        }
    }

    private static boolean test(Condition condition, long a, long b) {
        return switch (condition) {
            case EQ -> a == b;
            case NE -> a != b;
            case SET -> (a & b) != 0;
            case GT -> Long.compareUnsigned(a, b) > 0;
            case GE -> Long.compareUnsigned(a, b) >= 0;
            case LT -> Long.compareUnsigned(a, b) < 0;
            case LE -> Long.compareUnsigned(a, b) <= 0;
            case SGT -> a > b;
            case SGE -> a >= b;
            case SLT -> a < b;
            case SLE -> a <= b;
        };
    }
}
