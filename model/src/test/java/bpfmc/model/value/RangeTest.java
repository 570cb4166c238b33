package bpfmc.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Condition;
import bpfmc.model.value.Apply.Operator;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What bounds with and without a sign, and bits, tell of each other. */
class RangeTest {
    /** Unsigned 0..0xffffffffffffff00 and signed -128..127 have only 0..127 in common. */
    @Test
    void boundsThatCrossTheSignMeetInOneHalf() {
        assertThat(Range.signed(-128, 127).meet(Range.unsigned(0, 0xffffffffffffff00L))).isEqualTo(Range.unsigned(0, 127));
        assertThat(Range.signed(-128, 127).meet(Range.unsigned(300, -1L))).isEqualTo(Range.signed(-128, -1));
    }

    /** Both halves hold common values: neither bound moves across the sign. */
    @Test
    void boundsThatMeetInBothHalvesStay() {
        Range both = Range.signed(-128, 127).meet(Range.unsigned(0, 0xffffffffffffff80L));
        assertThat(both.contains(0)).isTrue();
        assertThat(both.contains(0xffffffffffffff80L)).isTrue();
        assertThat(both.contains(0xffffffffffffff90L)).isFalse();
    }

    @Test
    void whatIsInBothIsInTheMeet() {
        Random random = new Random(41);
        int empty = 0;
        int narrower = 0;
        for (int round = 0; round < 100_000; round++) {
            Range one = range(random);
            Range two = range(random);
            Range both = one.meet(two);
            long value = random.nextBoolean() ? one.umin() + random.nextInt(-2, 3) : near(random);
            boolean found = both != null && both.contains(value);
            if (found != (one.contains(value) && two.contains(value))) {
                assertThat(found).as("%d in %s and %s", value, one, two).isEqualTo(!found);
            }
            empty += both == null ? 1 : 0;
            narrower += both != null && !both.equals(one) && !both.equals(two) ? 1 : 0;
        }
        assertThat(empty).isPositive();
        assertThat(narrower).isPositive();
    }

    @Test
    void aKnownSignIsExtended() {
        assertThat(Range.apply(Operator.SEXT8, Range.unsigned(0x80, 0x8f), Range.exactly(0))).isEqualTo(Range.signed(-128, -113));
        assertThat(Range.apply(Operator.SEXT16, Range.unsigned(3, 7), Range.exactly(0))).isEqualTo(Range.unsigned(3, 7));
        assertThat(Range.apply(Operator.SEXT32, Range.unsigned(3, 0x8000_0000L), Range.exactly(0))).isEqualTo(Range.signed(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** {@code w0 >= 3}, not {@code w0 s> 1}, not {@code w0 s< 0}: nothing is left. */
    @Test
    void whatIsKnownOfTheExtensionIsKnownOfTheNumber() {
        Term low = Terms.extract(new Symbol(Symbol.OWN, Symbol.Kind.FRESH, 0, 0, 8), 0, 4);
        Term signed = Terms.signExtend(low, 4);
        Facts known = Facts.NONE.assume(Comparison.of(Condition.GE, low, Terms.constant(3))).orElseThrow()
                .assume(Comparison.of(Condition.SLE, signed, Terms.constant(1))).orElseThrow();
        assertThat(known.assume(Comparison.of(Condition.SLT, signed, Constant.ZERO))).isPresent();
        assertThat(known.assume(Comparison.of(Condition.SGE, signed, Constant.ZERO))).isEmpty();
    }

    private static Range range(Random random) {
        while (true) {
            long a = near(random);
            long b = near(random);
            Range made = switch (random.nextInt(3)) {
                case 0 -> Range.unsigned(a, b);
                case 1 -> Range.signed(a, b);
                default -> Range.bits(a & ~b, b);
            };
            if (made != null) {
                return made;
            }
        }
    }

    private static long near(Random random) {
        long[] corners = {0, 127, 128, 255, Long.MAX_VALUE, Long.MIN_VALUE, -1, -128, Integer.MIN_VALUE, 0xffffffffL};
        return corners[random.nextInt(corners.length)] + random.nextInt(-3, 4);
    }
}
