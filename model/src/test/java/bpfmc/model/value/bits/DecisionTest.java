package bpfmc.model.value.bits;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.RandomTerms;
import bpfmc.model.value.Range;
import bpfmc.model.value.Solver.Bound;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** What is decided, and against trying out every value. */
class DecisionTest {
    private static final Symbol X = new Symbol(Symbol.OWN, Symbol.Kind.CONTEXT, 0, 0, 8);
    private static final Symbol Y = new Symbol(Symbol.OWN, Symbol.Kind.CONTEXT, 0, 8, 8);
    private static final Symbol Z = new Symbol(Symbol.OWN, Symbol.Kind.CONTEXT, 0, 16, 8);

    private static Term number(long n) {
        return Terms.constant(n);
    }

    private static Term and(Term a, long mask) {
        return Terms.apply(Operator.AND, a, number(mask));
    }

    private static Literal equal(Term a, Term b) {
        return Comparison.equal(a, b, true);
    }

    private static Literal less(Term a, Term b) {
        return new Literal(new Comparison(Order.LESS_UNSIGNED, a, b), true);
    }

    private static Decision decide(Literal... literals) {
        return Decision.of(Conditions.NONE.and(Lists.immutable.with(literals)));
    }

    private static void impossible(Literal... literals) {
        assertThat(decide(literals)).isEqualTo(new Decision.Contradiction());
    }

    @Test
    void aNumberAndTheNextOneAreDifferentSlotsOfFour() {
        impossible(equal(and(X, 3), and(Terms.add(X, number(1)), 3)));
        assertThat(decide(equal(and(X, 3), and(Terms.add(X, Y), 3)), less(number(0), Y))).isInstanceOf(Decision.Satisfied.class);
    }

    @Test
    void aNumberWithABitSetIsNotWithoutIt() {
        impossible(equal(and(X, 7), Terms.apply(Operator.OR, and(X, 7), number(8))));
    }

    @Test
    void remaindersOfZeroAreTheDividend() {
        Term remainder = Terms.apply(Operator.UMOD, X, Y);
        impossible(equal(Y, number(0)), Comparison.equal(remainder, X, false));
        impossible(less(number(0), Y), less(Y, Terms.add(remainder, number(1))), less(remainder, number(-1)));
    }

    @Test
    void aShiftedSignIsAllZerosOrAllOnes() {
        Term sign = Terms.apply(Operator.ASHR, X, number(63));
        impossible(Comparison.equal(sign, number(0), false), Comparison.equal(sign, number(-1), false));
        assertThat(decide(Comparison.equal(sign, number(0), false))).isInstanceOf(Decision.Satisfied.class);
    }

    @Test
    void bytesAgreeWithTheHalfwordOfTheSamePacket() {
        Term low = Terms.extract(X, 4, 1);
        Term high = Terms.extract(X, 5, 1);
        Term half = Terms.apply(Operator.SWAP16, Terms.extract(X, 4, 2), Constant.ZERO);
        impossible(equal(low, number(8)), equal(high, number(0)), Comparison.equal(half, number(0x800), false));
    }

    @Test
    void aProductOfTwoUnknownsThatGuessesMiss() {
        Term product = Terms.apply(Operator.MUL, Terms.extract(X, 0, 2), Terms.extract(Y, 0, 2));
        Decision found = decide(equal(product, number(1_009L * 60_013)), less(number(1), Terms.extract(X, 0, 2)), less(Terms.extract(X, 0, 2), number(2_000)));
        assertThat(found).isInstanceOf(Decision.Satisfied.class);
        assertThat(Terms.evaluate(product, s -> ((Decision.Satisfied) found).values().getOrDefault(s, 0L))).isEqualTo(1_009L * 60_013);
    }

    @Test
    void oneOfAChoiceIsEnoughAndAnEmptyOneCannotBeMade() {
        Conditions either = Conditions.NONE.and(Lists.immutable.with(equal(X, number(5))))
                .andOneOf(Lists.immutable.with(Comparison.equal(X, number(5), false), Comparison.equal(Y, number(7), false)));
        assertThat(Decision.of(either)).isInstanceOf(Decision.Satisfied.class);
        assertThat(Decision.of(either.and(Lists.immutable.with(equal(Y, number(7)))))).isEqualTo(new Decision.Contradiction());
        assertThat(Decision.of(Conditions.NONE.andOneOf(Lists.immutable.empty()))).isEqualTo(new Decision.Contradiction());
    }

    /** Y stands for X + 1: a choice that only speaks of Y is one about X. */
    @Test
    void aChoiceSpeaksOfWhatAnUnknownStandsFor() {
        Conditions five = Conditions.NONE.and(Lists.immutable.with(equal(Y, Terms.add(X, number(1))), equal(X, number(5))));
        assertThat(Decision.of(five.andOneOf(Lists.immutable.with(equal(Y, number(7)), less(Y, number(6)))))).isEqualTo(new Decision.Contradiction());
        assertThat(((Decision.Satisfied) Decision.of(five.andOneOf(Lists.immutable.with(equal(Y, number(7)), equal(Y, number(6)))))).values())
                .containsEntry(X, 5L).containsEntry(Y, 6L);
    }

    @Test
    void whatHasNoUnknownInCommonIsDecidedApart() {
        Conditions apart = Conditions.NONE.and(Lists.immutable.with(less(X, Y), equal(Z, number(3)))).andOneOf(Lists.immutable.with(equal(Z, X), less(number(1), number(0))));
        assertThat(apart.parts()).hasSize(1);
        Conditions two = Conditions.NONE.and(Lists.immutable.with(less(X, Y), equal(Z, number(3)), equal(number(0), number(0))));
        assertThat(two.parts()).hasSize(3);
        assertThat(((Decision.Satisfied) Decision.of(two)).values()).containsEntry(Z, 3L).containsKeys(X, Y);
        assertThat(Decision.of(two.and(Lists.immutable.with(equal(number(1), number(0)))))).isEqualTo(new Decision.Contradiction());
        assertThat(new Decisions(1).of(two)).isEqualTo(new Decision.Undecided("more than 1 groups of conditions"));
    }

    @Test
    void rangesCountAsConditions() {
        Conditions inRange = Conditions.NONE.and(new Bound(Terms.apply(Operator.XOR, X, Y), Range.unsigned(5, 9)));
        assertThat(Decision.of(inRange)).isInstanceOf(Decision.Satisfied.class);
        assertThat(Decision.of(inRange.and(Lists.immutable.with(equal(X, Y))))).isEqualTo(new Decision.Contradiction());
    }

    @Test
    void limitsAreSaid() {
        Literal hard = equal(Terms.apply(Operator.MUL, X, Terms.apply(Operator.MUL, Y, Z)), Terms.add(Terms.apply(Operator.MUL, X, Y), number(0x1234_5678_9abc_def1L)));
        Conditions conditions = Conditions.NONE.and(Lists.immutable.with(hard, less(number(1L << 40), X), less(X, Y), less(Y, Z)));
        assertThat(Decision.ofPart(conditions, 500, 1000)).isEqualTo(new Decision.Undecided("the conditions take more than 500 gates"));
        assertThat(Decision.ofPart(conditions, 400_000, 1)).isEqualTo(new Decision.Undecided("the solver met more than 1 conflicts"));
    }

    /** Two unknowns of a byte each: every pair of values is tried. */
    @Test
    void randomConditionsOnTwoBytesAgainstEveryPairOfValues() {
        int possible = 0;
        var asked = new Decisions(1000);
        for (int seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            RandomTerms terms = new RandomTerms(random, 1, 1);
            MutableList<Literal> literals = Lists.mutable.empty();
            for (int i = 0; i < 3; i++) {
                literals.add(new Literal(new Comparison(Order.values()[random.nextInt(3)], terms.term(2).term(), terms.term(2).term()), random.nextBoolean()));
            }
            ImmutableList<Literal> all = literals.take(2).toImmutable();
            ImmutableList<Literal> choice = Lists.immutable.with(literals.getLast(), literals.getFirst().negated());
            boolean expected = possible(all, choice);
            possible += expected ? 1 : 0;
            Decision decision = Decision.of(Conditions.NONE.and(all).andOneOf(choice));
            assertThat(decision instanceof Decision.Satisfied).as("seed %d: %s, one of %s", seed, all, choice).isEqualTo(expected);
            assertThat(decision).isNotInstanceOf(Decision.Undecided.class);
            assertThat(Decision.of(Conditions.NONE.and(all).andOneOf(choice))).isEqualTo(decision);
            assertThat(asked.contradict(Conditions.NONE.and(all).andOneOf(choice))).as("seed %d, without values, after others", seed).isEqualTo(!expected);
        }
        assertThat(possible).isBetween(20, 110);
    }

    private static boolean possible(ImmutableList<Literal> all, ImmutableList<Literal> choice) {
        for (int pair = 0; pair < 1 << 16; pair++) {
            long[] values = {pair & 0xff, pair >>> 8};
            if (all.allSatisfy(l -> holds(l, values)) && choice.anySatisfy(l -> holds(l, values))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Literal l, long[] values) {
        return l.comparison().order().test(Terms.evaluate(l.comparison().left(), s -> values[s.index()]),
                Terms.evaluate(l.comparison().right(), s -> values[s.index()])) == l.holds();
    }
}
