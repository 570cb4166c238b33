package bpfmc.model.value.bits;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.RandomTerms;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Circuits against the evaluation of terms. */
class BlasterRandomTest {
    private static final long[] EDGES = {0, 1, 2, -1, 63, 64, 65, Long.MIN_VALUE, Long.MAX_VALUE, 0x8000_0000L, 0xffff_ffffL, 0x7f, 0x80, 0x8000};
    private static final Symbol X = new Symbol(Symbol.OWN, Symbol.Kind.FRESH, 0, 0, 8);
    private static final Symbol Y = new Symbol(Symbol.OWN, Symbol.Kind.FRESH, 1, 0, 8);

    /** {@return what the circuit of the term gives when the unknowns are given these values} */
    private static long circuit(Term term, java.util.function.ToLongFunction<Symbol> values) {
        Clauses clauses = new Clauses(1000);
        Blaster blaster = new Blaster(new Gates(clauses, 400_000));
        int[] bits = blaster.of(term);
        blaster.unknowns().forEach((symbol, unknown) -> {
            for (int i = 0; i < 8 * symbol.bytes(); i++) {
                clauses.add((values.applyAsLong(symbol) >>> i & 1) != 0 ? unknown[i] : -unknown[i]);
            }
        });
        assertThat(clauses.solve()).isEqualTo(Clauses.Answer.SATISFIED);
        long value = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            value |= clauses.value(bits[i]) ? 1L << i : 0;
        }
        return value;
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void everyOperatorOnEdgesAndRandomNumbers(Operator operator) {
        Random random = new Random(operator.ordinal());
        for (int i = 0; i < 60; i++) {
            long a = number(random);
            long b = operator.unary() ? 0 : number(random);
            Term term = Terms.apply(operator, X, operator.unary() ? Constant.ZERO : Y);
            assertThat(circuit(term, s -> s.equals(X) ? a : b)).as("%s(%d, %d)", operator, a, b).isEqualTo(operator.evaluate(a, b));
        }
    }

    private static long number(Random random) {
        return random.nextInt(3) == 0 ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
    }

    @Test
    void randomTermsAreWorthWhatTheirCircuitsGive() {
        for (int seed = 0; seed < 400; seed++) {
            RandomTerms terms = new RandomTerms(new Random(seed));
            RandomTerms.Known known = terms.term(3);
            assertThat(circuit(known.term(), terms::valueOf)).as("seed %d: %s", seed, known.term()).isEqualTo(known.value());
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void comparisonsOfEdgesAndRandomNumbers(Order order) {
        Random random = new Random(order.ordinal());
        for (int i = 0; i < 200; i++) {
            long a = number(random);
            long b = random.nextInt(4) == 0 ? a : number(random);
            Literal less = new Literal(new Comparison(order, X, Y), true);
            Clauses clauses = new Clauses(1000);
            Blaster blaster = new Blaster(new Gates(clauses, 10_000));
            clauses.add(blaster.of(less));
            clauses.add(blaster.of(Comparison.equal(X, Terms.constant(a), true)));
            clauses.add(blaster.of(Comparison.equal(Y, Terms.constant(b), true)));
            assertThat(clauses.solve()).as("%s(%d, %d)", order, a, b)
                    .isEqualTo(order.test(a, b) ? Clauses.Answer.SATISFIED : Clauses.Answer.CONTRADICTION);
        }
    }
}
