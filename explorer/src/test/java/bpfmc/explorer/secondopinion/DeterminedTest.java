package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.check.Atomicity;
import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.secondopinion.Assembler.Label;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Numbers that the machine determines, computed twice: what happens where the two differ cannot be, what happens where they are equal is
 * confirmed, or said to be possible with the reason.
 */
class DeterminedTest {
    private enum Kind {
        /** More nodes than a search keeps of a term. */
        LARGE_TERM,
        ADDRESS_OF_AN_ELEMENT, ADDRESS_OF_THE_STACK, DIFFERENCE_OF_ADDRESSES, PART_OF_A_STORED_ADDRESS,
        UNWRITTEN_STACK, EXCHANGE_ON_THE_STACK, CONSTANT_OF_THE_RUN, PACKET_AT_A_FEW_OFFSETS, WHETHER_BYTES_ARE_IN_THE_PACKET, METADATA,
        CHECKSUM("computes from its arguments"), PACKET_AT_MANY_OFFSETS("at an offset that can have many values");

        private final Optional<String> doubt;

        Kind() {
            this.doubt = Optional.empty();
        }

        Kind(String doubt) {
            this.doubt = Optional.of(doubt);
        }
    }

    /** What cannot be. */
    private enum Impossible {
        /** Two addresses, each below the other. */
        BOTH_BELOW,
        /** Of three objects each below the next, in a ring. */
        BELOW_IN_A_RING,
        OVERLAPPING_OBJECTS, UNALIGNED_ELEMENT, LOWER_HALF,
        /** More of a packet in reach than there is. */
        LONGER_THAN_THE_PACKET
    }

    private static final Register BASE = Register.R6;
    private static final Register ONE = Register.R7;
    private static final Register TWO = Register.R8;
    private static final Register CONTEXT = Register.R9;
    private static final int LENGTH = 0;
    private static final int MARK = 8;

    private final Label end = new Label();
    private final Assembler code = new Assembler().move(CONTEXT, Register.R1).data(BASE, RandomObjects.DATA, 0);

    @ParameterizedTest
    @EnumSource
    void neverDiffers(Kind kind) {
        both(kind);
        code.branch(Condition.EQ, ONE, TWO, end);
        ImmutableList<Fault> faults = faults();
        if (kind.doubt.isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).isNotEmpty().allSatisfy(f -> assertThat(f.counterexample().doubt().orElse("confirmed")).contains(kind.doubt.get()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isEqual(Kind kind) {
        both(kind);
        code.branch(Condition.NE, ONE, TWO, end);
        ImmutableList<Fault> faults = faults();
        assertThat(faults).isNotEmpty();
        if (kind.doubt.isEmpty()) {
            assertThat(faults).allSatisfy(f -> assertThat(f.counterexample().doubt()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void cannotBe(Impossible what) {
        code.stack(ONE, -8).move(TWO, BASE);
        switch (what) {
            case BOTH_BELOW -> code.branch(Condition.GE, ONE, TWO, end).branch(Condition.GE, TWO, ONE, end);
            case BELOW_IN_A_RING -> code.branch(Condition.GE, ONE, TWO, end).branch(Condition.GE, TWO, CONTEXT, end).branch(Condition.GE, CONTEXT, ONE, end);
            case OVERLAPPING_OBJECTS -> code.alu(AluOp.ADD, TWO, 8).branch(Condition.NE, ONE, TWO, end);
            case UNALIGNED_ELEMENT -> code.alu(AluOp.AND, TWO, 3).branch(Condition.EQ, TWO, 0, end);
            case LOWER_HALF -> code.alu(AluOp.RSH, TWO, 60).branch(Condition.GE, TWO, 8, end);
            case LONGER_THAN_THE_PACKET -> packet(20).load(Size.WORD, ONE, CONTEXT, LENGTH).branch(Condition.GE, ONE, 20, end);
        }
        assertThat(faults()).isEmpty();
    }

    /** Two lookups of sockets were taken for one object. */
    @Test
    void twoObjectsOfTheKernelMayBeTwo() {
        socket(ONE);
        socket(TWO);
        code.branch(Condition.EQ, ONE, TWO, end);
        assertThat(faults()).isNotEmpty();
    }

    private void socket(Register into) {
        code.store(Size.DOUBLE, Register.R10, -16, 0).store(Size.DOUBLE, Register.R10, -8, 0).move(Register.R1, CONTEXT).stack(Register.R2, -16).move(Register.R3, 12)
                .move(Register.R4, -1).move(Register.R5, 0).call(84).move(into, Register.R0).branch(Condition.EQ, into, 0, end);
    }

    /** That a large number is what it is must not count as a condition that another order of the runs could miss. */
    @Test
    void whatALargeNumberMeansIsNoConditionOfItsOrder() {
        once(Kind.LARGE_TERM, ONE, 0);
        var program = code.store(Size.WORD, Register.R10, -8, 0).map(Register.R1, RandomObjects.LOCKED).stack(Register.R2, -8).call(1).branch(Condition.EQ, Register.R0, 0, end)
                .move(BASE, Register.R0).move(Register.R1, BASE).call(93).load(Size.DOUBLE, TWO, BASE, 8).alu(AluOp.XOR, TWO, ONE).store(Size.DOUBLE, BASE, 8, TWO)
                .move(Register.R1, BASE).call(94).label(end).exit().program("p", "tc");
        var checker = new ScenarioChecker(Properties.all(), Lists.immutable.with(new Atomicity()), Limits.NONE, Progress.NONE);
        assertThat(checker.check(SmallSystem.twice(program)).verdict()).isInstanceOf(Verdict.Holds.class);
    }

    private ImmutableList<Fault> faults() {
        var scenario = SmallSystem.twice(code.data(Register.R1, RandomObjects.DATA, 0).load(Size.DOUBLE, Register.R2, Register.R1, 0).alu(AluOp.ADD, Register.R2, 1)
                .store(Size.DOUBLE, Register.R1, 0, Register.R2).label(end).exit().program("p", "tc"));
        Verdict verdict = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), Limits.NONE, Progress.NONE).check(scenario).verdict();
        assertThat(verdict.unfinished()).isEmpty();
        return verdict instanceof Verdict.Violated v ? v.faults() : Lists.immutable.empty();
    }

    private void both(Kind kind) {
        once(kind, ONE, -16);
        once(kind, TWO, -32);
    }

    /** @param free eight bytes of the stack */
    private void once(Kind kind, Register into, int free) {
        switch (kind) {
            case LARGE_TERM -> {
                code.load(Size.WORD, into, CONTEXT, MARK);
                for (int i = 0; i < 8; i++) {
                    code.move(Register.R1, into).alu(AluOp.RSH, Register.R1, 3).alu(AluOp.XOR, into, Register.R1).alu(AluOp.MUL, into, 0x1003);
                }
            }
            case ADDRESS_OF_AN_ELEMENT -> code.move(into, BASE).alu(AluOp.AND, into, 0xfff0);
            case ADDRESS_OF_THE_STACK -> code.stack(into, -64).alu(AluOp.MUL, into, 3);
            case DIFFERENCE_OF_ADDRESSES -> code.stack(into, -64).alu(AluOp.SUB, into, BASE);
            case PART_OF_A_STORED_ADDRESS -> code.store(Size.DOUBLE, Register.R10, free, BASE).store(Size.BYTE, Register.R10, free + 7, 5)
                    .load(Size.DOUBLE, into, Register.R10, free);
            case UNWRITTEN_STACK -> code.load(Size.DOUBLE, into, Register.R10, -64);
            case EXCHANGE_ON_THE_STACK -> code.load(Size.WORD, Register.R1, CONTEXT, MARK).store(Size.DOUBLE, Register.R10, free, Register.R1).move(Register.R0, 3)
                    .move(Register.R1, 4).atomic(AtomicOp.CMPXCHG, true, Size.DOUBLE, Register.R10, free, Register.R1).load(Size.DOUBLE, into, Register.R10, free);
            case CONSTANT_OF_THE_RUN -> code.call(42).move(into, Register.R0);
            case PACKET_AT_A_FEW_OFFSETS -> somewhere(into, 3);
            case PACKET_AT_MANY_OFFSETS -> somewhere(into, 63);
            case WHETHER_BYTES_ARE_IN_THE_PACKET -> code.move(Register.R1, CONTEXT).move(Register.R2, 4).stack(Register.R3, free).move(Register.R4, 8).call(26)
                    .move(into, Register.R0);
            case METADATA -> code.load(Size.WORD, into, CONTEXT, 76).load(Size.WORD, Register.R1, CONTEXT, 140).alu(AluOp.SUB, into, Register.R1);
            case CHECKSUM -> code.move(Register.R1, 0).move(Register.R2, 0).store(Size.DOUBLE, Register.R10, free, 7).stack(Register.R3, free).move(Register.R4, 8)
                    .move(Register.R5, 0).call(28).move(into, Register.R0);
        }
    }

    private void somewhere(Register into, int mask) {
        packet(64).load(Size.WORD, Register.R1, CONTEXT, MARK).alu(AluOp.AND, Register.R1, mask).alu(AluOp.ADD, Register.R2, Register.R1)
                .load(Size.BYTE, into, Register.R2, 0);
    }

    /** Leaves r2 at the packet's first byte, which has so many more behind it. */
    private Assembler packet(int bytes) {
        return code.load(Size.WORD, Register.R2, CONTEXT, 76).load(Size.WORD, Register.R3, CONTEXT, 80).move(Register.R4, Register.R2)
                .alu(AluOp.ADD, Register.R4, bytes).branch(Condition.GT, Register.R4, Register.R3, end);
    }
}
